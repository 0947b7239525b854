"""Help when it cannot wait: the crisis page, helplines, small steps past what stops somebody."""
