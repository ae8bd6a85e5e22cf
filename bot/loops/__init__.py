"""The entrances that run by themselves: receive, deliver, remind, look."""
