"""The shape of a page: its sections and their order, the lists that open it, what keeps a reader safe, its claims."""
