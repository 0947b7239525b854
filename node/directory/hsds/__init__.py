"""Human Services Data Specification (HSDS) 3.0: reading what others publish, in all the shapes in
which it is found. Pure: bytes and plain objects in, plain objects and a report out.

    fields     what records there are, what they hold, which belongs to which
    report     what was found wrong, by file, row and field
    cleaning   one value made good: texts, times, dates, numbers, coordinates
    tables     rows of tabular packages, by kind of record
    older      the tables of HSDS 1.x and of Ohana as those of 3.0
    joining    tables put together into nested records
    nested     nested records taken apart into services, organizations, locations and terms
    package    the whole: what was read, ready to be stored
    redaction  what is never shown of a place that is to stay confidential
    hours      when a service is open, and in words
"""
