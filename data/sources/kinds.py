"""The columns that each kind of file must and may have, as the contract names them."""

from dataclasses import dataclass

#: What was said in error: it leaves the page from the day on which that is known, and stays in the ledger.
WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Kind:
    """One kind of file. `key` names the columns that say which row it is."""

    name: str
    required: tuple[str, ...]
    optional: tuple[str, ...]
    key: tuple[str, ...]


def _kind(name: str, required: str, optional: str, key: str) -> Kind:
    return Kind(
        name, tuple(required.split(",")), tuple(name for name in optional.split(",") if name), tuple(key.split(","))
    )


OBSERVATIONS = _kind(
    "observations",
    "indicator_code,agency_code,period,value,unit,source",
    "value_max,qualifier,numerator,denominator,numerator_qualifier,denominator_qualifier,period_start,period_end,"
    "status,certainty,source_ref,phrase,note,published,reason,composition,embargo_until",
    "indicator_code,agency_code,period,source",
)
TARGETS = _kind(
    "targets",
    "indicator_code,agency_code,due,shape,value,source,set_on",
    "value_max,strict,start_on,start_value,path,path_status,certainty,source_ref,phrase",
    "indicator_code,agency_code,due,source",
)
DIRECTIVES = _kind(
    "directives",
    "code,event,source,name_vi,name_en,owner,due",
    "owner_words,co_owners,owner_certainty,due_certainty,indicators,set_on,source_ref,phrase,reason",
    "code,event,source",
)
CHECKINS = _kind(
    "checkins",
    "directive_code,event,date,state,source",
    "agency_code,status,certainty,note,evidence,link,source_ref,phrase,published,reason",
    "directive_code,event,date,source",
)
LETTERS = _kind(
    "letters",
    "kind,agency_code,subject,part,date",
    "sent_by,document,words,status,published,reason",
    "kind,agency_code,subject,part,date",
)
REGIMES = _kind(
    "regimes",
    "code,name_vi,name_en,periodicity,owners",
    "document,cutoff_day,grace_days,digitised,indicators,status,valid_from,valid_to,source,source_ref,reason",
    "code",
)
RECEIPTS = _kind(
    "receipts",
    "regime_code,agency_code,period,received_at,result",
    "file,note,status,source,published,reason",
    "regime_code,agency_code,period,received_at",
)
SYSTEMS = _kind(
    "systems",
    "code,name_vi,name_en,owner,purpose_vi,purpose_en",
    "owner_words,co_owners,owner_certainty,shared_as,connects,indicators,directives,source,source_ref,phrase,published,"
    "reason",
    "code",
)
MILESTONES = _kind(
    "milestones",
    "system_code,event,source,name_vi,name_en",
    "due,reached,state,certainty,source_ref,phrase,published,reason",
    "system_code,event,source",
)
ASSESSMENTS = _kind(
    "assessments",
    "indicator_code,agency_code,period,source",
    "verdict,words_vi,words_en,status,certainty,source_ref,phrase,published,reason",
    "indicator_code,agency_code,period,source",
)
SERVICES = _kind(
    "services",
    "procedure_code,name,group,owner_code,agency_code,level,valid_from",
    "valid_to,status,reason",
    "procedure_code,agency_code,valid_from",
)
USAGE = _kind(
    "usage",
    "date,agency_code,procedure_code,level,received_online,received_other,resolved_on_time,resolved_late",
    "pending,pending_late,satisfied,rated,status",
    "date,agency_code,procedure_code,level",
)
INDICATORS = _kind(
    "indicators",
    "code,name_vi,name_en,unit,unit_kind,direction,formula,level,theme,cycle,calendar,band,decimals,bins,"
    "natural_min,natural_max,legal_basis",
    "",
    "code",
)
AGENCIES = _kind("agencies", "code,name_vi,name_en,kind,parent,valid_from,valid_to", "", "code,valid_from")
SOURCES = _kind("sources", "code,title,publisher,date,address,rank", "", "code")
KINDS = {
    kind.name: kind
    for kind in (
        *(OBSERVATIONS, TARGETS, DIRECTIVES, CHECKINS, LETTERS, REGIMES, RECEIPTS, SYSTEMS, MILESTONES),
        *(ASSESSMENTS, SERVICES, USAGE, INDICATORS, AGENCIES, SOURCES),
    )
}
