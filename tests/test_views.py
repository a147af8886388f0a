from lxml import etree

from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestEmbeddedLists(TransactionCase):
    """Lists within forms, which the web client sorts by itself."""

    def _get_embedded_lists(self):
        """The lists of our records in every form that this addon makes or extends.

        :return: xml id of the form, name of its field, the list
        :rtype: Iterator[tuple[str, str, etree._Element]]
        """
        data = self.env["ir.model.data"].search(
            [("module", "=", "account_open_balance"), ("model", "=", "ir.ui.view")], order="id"
        )
        views = self.env["ir.ui.view"].browse(data.mapped("res_id"))
        for view in views.filtered(lambda view: view.type == "form"):
            form = etree.fromstring(self.env[view.model].get_view(view.id, "form")["arch"])
            for field in form.iterfind(".//field[list]"):
                yield view.xml_id, field.get("name"), field.find("list")

    def test_what_a_list_is_ordered_by_is_in_it(self):
        """Where values are equal, the client compares the fields of the default order as well: it must know them."""
        ordered = []
        for form, name, embedded in self._get_embedded_lists():
            order = [part.split()[0] for part in embedded.get("default_order", "").split(",") if part.strip()]
            ordered += [(form, name)] if order else []
            missing = set(order) - {field.get("name") for field in embedded.iterfind("field")} - {"id"}
            self.assertFalse(missing, f"{name} in {form}")
        self.assertIn(("account_open_balance.open_balance_import_view_form", "line_ids"), ordered)
