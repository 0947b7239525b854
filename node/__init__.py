"""The place people live: accounts, groups, pages, and what joins them to the network."""
