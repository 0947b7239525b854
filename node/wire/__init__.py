"""The ActivityPub edge of a node: what other nodes may read here, and the door they post to.

Records become wire documents in `node.groups.documents`, through the type
`FederatedGroup`, which local and private groups cannot become. Handlers only choose which.
"""
