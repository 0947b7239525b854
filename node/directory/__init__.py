"""The directory: services that can help, from data sets in HSDS 3.0 and from the people here."""
