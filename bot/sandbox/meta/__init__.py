"""Meta's pages, played."""
