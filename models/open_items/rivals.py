"""One click takes the reading that the books agree with more than with the chosen one."""

from odoo import api, fields, models

# Roles of which a table has one column: who takes one of them gives up the others.
SAME_ROLE = {"balance": ("balance", "document_balance", "company_balance", "total")}
# What the file keeps of the other rivals: code of the problem -> field of the file and value of the problem.
OF_FILE = {"rival_decimal_mark": ("decimal_mark", "mark"), "rival_date_order": ("date_order", "order")}


class OpenBalanceImportProblem(models.Model):
    _inherit = "open.balance.import.problem"

    can_take = fields.Boolean(compute="_compute_can_take")

    @api.depends("code", "import_id.state")
    def _compute_can_take(self):
        for problem in self:
            is_rival = problem.code == "rival_column" or problem.code in OF_FILE
            problem.can_take = is_rival and problem.import_id.state == "planned"

    def action_take(self):
        """Read the file as this rival proposes, and plan again."""
        self.ensure_one()
        run = self.import_id
        run.check_access("write")
        run._check_state("planned")
        if self.can_take:
            self._take(run.file_ids.filtered(lambda file: file.name == self.file_name))
            run.action_plan()

    def _take(self, files):
        """Note on files how they are to be read."""
        if self.code in OF_FILE:
            name, value = OF_FILE[self.code]
            files.write({name: self.values[value]})
            return
        role = self.values["role"]
        given_up = SAME_ROLE.get(role, (role,))
        files.column_ids.filtered(lambda column: column.field in given_up).write({"field": False})
        files.column_ids.filtered(lambda column: column.name == self.values["column"]).write({"field": role})
