"""Searches by partners' balances, which are no columns of the database."""

from contextlib import suppress
from datetime import date
from decimal import Decimal
from reprlib import repr as shorten

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

COMPARISONS = {"<": SQL("<"), "<=": SQL("<="), ">": SQL(">"), ">=": SQL(">=")}
# What is not set, by the type of a field.
EMPTY = {"monetary": 0.0, "float": 0.0, "integer": 0, "date": None, "boolean": False}
# What the values of a field may be, besides what is not set.
NUMBERS = (float, int, str, Decimal)
KNOWN = {"monetary": NUMBERS, "float": NUMBERS, "integer": NUMBERS, "date": (date,), "boolean": (bool,)}


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _search_open_balance(self, name, operator, value):
        """Commercial partners whose balance compares so; contacts carry no balance of their own in searches.

        :raise UserError: if the balance can have no such value
        """
        # Odoo asks for each value alone where a set of them was refused.
        operator, value = {"=": ("in", [value]), "!=": ("not in", [value])}.get(operator, (operator, value))
        if operator not in ("in", "not in", *COMPARISONS):
            return NotImplemented
        query = self.with_context(active_test=False)._search([])
        expression = self._field_to_sql(query.table, name, query)
        if operator in COMPARISONS:
            value = self._read_searched(name, value)
            query.add_where(SQL("%s %s %s", expression, COMPARISONS[operator], value))
        else:
            condition = self._get_any_of_sql(expression, {self._read_searched(name, one) for one in value})
            query.add_where(condition if operator == "in" else SQL("NOT %s", condition))
        return Domain("id", "in", query)

    @api.model
    def _read_searched(self, name, value):
        """A value that a balance is searched for, as the database compares it.

        :raise UserError: if the balance can have no such value
        """
        kind = self._fields[name].type
        if value is None or value is False:
            return EMPTY[kind]
        with suppress(OverflowError, ValueError):  # a text or number that is no amount
            if isinstance(value, KNOWN[kind]):
                return float(value or 0) if KNOWN[kind] is NUMBERS else value
        expected = {
            "monetary": self.env._("an amount"), "float": self.env._("a number"), "integer": self.env._("a number"),
            "date": self.env._("a date"), "boolean": self.env._("yes or no"),
        }  # fmt: skip
        raise UserError(
            self.env._(
                "“%(field)s” is searched for %(expected)s, not for %(value)s.",
                field=self._fields[name]._description_string(self.env),
                expected=expected[kind],
                value=shorten(value),
            )
        )

    @staticmethod
    def _get_any_of_sql(expression: SQL, values: set) -> SQL:
        """Condition, never NULL: the expression is one of the values."""
        given = tuple(values - {None})
        return SQL(
            "COALESCE(%s OR %s, FALSE)",
            SQL("%s IN %s", expression, given) if given else SQL("FALSE"),
            SQL("%s IS NULL", expression) if None in values else SQL("FALSE"),
        )
