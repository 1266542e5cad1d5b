"""Coach as tools for an assistant, by the Model Context Protocol, over standard input and output.

The tools are the API's operations, with the API's own guards in front of them: what a key may not do, a tool that acts
by it may not, and what a tool did is in the audit log.
"""
