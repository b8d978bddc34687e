"""What a network takes, out of all that a batch holds: by the names of its inputs."""

NAMES = {"images": "sample"}  # of inputs, as builders of networks called them in 0.1.0


def feed(network, given, order):
    """One tensor, or a list of them, for `network` to take.

    A network whose inputs are all named for roles gets those. Any other one gets the roles of
    `order` that are there, as many as it has inputs.

    Args:
        network: a `keras.Model`.
        given: dict from role to tensor: "latents", "labels", "input", "sample", ...
        order: roles, for a network that names nothing.
    """
    roles = roles_of(network)
    if not all(role in given for role in roles):
        roles = [role for role in order if role in given][: len(roles)]
    taken = [given[role] for role in roles]
    return taken[0] if len(taken) == 1 else taken


def roles_of(network):
    """The names of the network's inputs, as roles."""
    return [NAMES.get(tensor.name, tensor.name) for tensor in network.inputs]


def takes(network, role, order):
    """Whether `network` takes what plays `role`, by name or by its place in `order`."""
    roles = roles_of(network)
    known = all(name in order for name in roles)
    return role in (roles if known else order[: len(roles)])
