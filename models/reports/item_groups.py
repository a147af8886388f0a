"""Open items as they are printed: per currency and partner, with subtotals and buckets."""

from dataclasses import dataclass, field


@dataclass
class PartnerItems:
    """What is open of one partner in one currency."""

    partner: object
    items: list = field(default_factory=list)
    total: float = 0.0
    company_total: float = 0.0
    overdue: float = 0.0


@dataclass
class CurrencyItems:
    """What is open in one currency. ``buckets``: amount by the key of a bucket, in document currency."""

    currency: object
    partners: list[PartnerItems] = field(default_factory=list)
    buckets: dict[str, float] = field(default_factory=dict)
    total: float = 0.0
    company_total: float = 0.0
    overdue: float = 0.0


def group_items(items) -> list[CurrencyItems]:
    """Open items by currency and partner, the oldest first.

    :param items: ``open.balance.item``
    """
    found = []
    keys = [key for key, _label in items._get_buckets()]
    for currency, of_currency in items.grouped("currency_id").items():
        group = CurrencyItems(currency, buckets=dict.fromkeys(keys, 0.0))
        for partner, of_partner in of_currency.grouped("commercial_partner_id").items():
            group.partners.append(_sum_partner(partner, of_partner, currency))
        group.partners.sort(key=lambda one: (one.partner.name or "", one.partner.id))
        for item in of_currency:
            group.buckets[item.bucket] += item.residual
        group.buckets = {key: currency.round(amount) for key, amount in group.buckets.items()}
        group.total = currency.round(sum(one.total for one in group.partners))
        group.company_total = items.company_currency_id[:1].round(sum(one.company_total for one in group.partners))
        group.overdue = currency.round(sum(one.overdue for one in group.partners))
        found.append(group)
    return sorted(found, key=lambda group: group.currency.name)


def _sum_partner(partner, items, currency) -> PartnerItems:
    items = items.sorted(lambda item: (str(item.due_date or ""), item.id))
    return PartnerItems(
        partner,
        list(items),
        total=currency.round(sum(items.mapped("residual"))),
        company_total=items.company_currency_id[:1].round(sum(items.mapped("company_residual"))),
        overdue=currency.round(sum(item.residual for item in items if item.days_overdue > 0)),
    )
