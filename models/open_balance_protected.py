"""What only the import decides is no user's to write, however a client comes to it."""

from odoo import api, models
from odoo.exceptions import AccessError

from .arguments import is_id


class OpenBalanceProtected(models.AbstractModel):
    """Records of which a user writes a few fields; all others are the import's own.

    A client is never superuser, and whatever it calls ends in ``create`` or ``write``. What the import's methods find
    and do, with the rights of the user who asked for it, they keep by ``_note``.
    """

    _name = "open.balance.protected"
    _description = "Written by the Import"

    _user_fields = frozenset()
    """Names of the fields that a user writes."""
    _user_prefixes = ("message_", "activity_")
    """What the names of the fields begin with that discussions and activities write."""

    @api.model
    def default_get(self, fields):
        # EXTENDS 'base': of what only the import decides, neither a context nor a user's own default says anything
        values = super().default_get(fields)
        if self.env.su:
            return values
        own = {name: value for name, value in values.items() if self._is_user_field(name)}
        defaults = {name: self._fields[name].default for name in fields if name in self._fields and name not in own}
        return own | {name: default(self) for name, default in defaults.items() if default}

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_user_fields(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_user_fields(vals)
        return super().write(vals)

    def _note(self, vals):
        """Write what the import itself has found or done."""
        # Past the check above, not past the rights of the user.
        return super().write(vals)  # pylint: disable=super-method-mismatch

    @api.model
    def _is_user_field(self, name: str) -> bool:
        return name in self._user_fields or name.startswith(self._user_prefixes)

    @api.model
    def _check_user_fields(self, vals):
        """Raise when a user writes what only the import decides."""
        names = [] if self.env.su else [name for name in vals if not self._is_user_field(name)]
        if names:
            raise AccessError(self._get_protection(sorted(names)))

    @api.model
    def _get_protection(self, names: list[str]) -> str:
        """What is said to a user who writes fields that only the import writes."""
        return self.env._(
            "%(model)s: what the import has found is not written by hand: %(fields)s.",
            model=self.env["ir.model"]._get(self._name).name,
            fields=", ".join(names),
        )


class OpenBalanceOwnFields(models.AbstractModel):
    """Odoo's own records with fields of the import, which no user writes: it is done by the import's methods, as
    superuser, which no client ever is."""

    _name = "open.balance.own.fields"
    _description = "With Fields of the Import"

    _open_balance_own = frozenset()
    """Names of the import's fields."""

    @api.model
    def default_get(self, fields):
        # EXTENDS 'base': neither a context nor a user's own default says anything of the import's fields
        values = super().default_get(fields)
        if self.env.su:
            return values
        return {name: value for name, value in values.items() if name not in self._open_balance_own}

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_open_balance_own(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_open_balance_own(vals)
        return super().write(vals)

    def _create_by_import(self, vals_list):
        """Create records with the import's fields, for a user who may create and change such records."""
        self.check_access("create")
        # Past the check of the import's fields, not past the rights of the user.
        records = self.sudo().create(vals_list).with_env(self.env)
        records.check_access("write")
        return records

    @api.model
    def _check_open_balance_own(self, vals):
        """Raise when a user writes fields of the import; saying that they are empty changes nothing."""
        names = sorted(self._open_balance_own.intersection(vals)) if not self.env.su else []
        if any(vals[name] for name in names) or any(record[name] for name in names for record in self):
            raise AccessError(
                self.env._(
                    "%(fields)s: what the import has written is not changed by hand.",
                    fields=", ".join(self._fields[name]._description_string(self.env) for name in names),
                )
            )


class OpenBalanceDiscreet(models.AbstractModel):
    """Records whose forms name only what the user may read, and not every record of which a client sends the id."""

    _name = "open.balance.discreet"
    _description = "Names What May Be Read"

    @api.model
    def default_get(self, fields):
        # EXTENDS 'base': a context may name any record
        values = super().default_get(fields)
        for name, value in self._hide_unreadable(values).items():
            if value != values[name]:
                field = self._fields[name]
                values[name] = field.convert_to_write(field.default(self), self) if field.default else False
        return values

    def onchange(self, values, field_names, fields_spec):
        # EXTENDS 'web'
        return super().onchange(self._hide_unreadable(values), field_names, fields_spec)

    @api.model
    def _hide_unreadable(self, values: dict) -> dict:
        """The values of a form without the single records that the user may not read."""
        hidden = {}
        for name, value in values.items():
            field = self._fields.get(name)
            if field and field.type == "many2one" and value:
                # A form may send the record with its name.
                record_id = value.get("id") if isinstance(value, dict) else value
                record = self.env[field.comodel_name].browse(record_id if is_id(record_id) else ())
                if not record.exists()._filtered_access("read"):
                    hidden[name] = False
        return {**values, **hidden}
