"""A player: the networks of one side of the game, and how its optimizer moves them.

Keras scales, clips and sums gradients inside `Optimizer.apply`, in an order that is right for one
device and one optimizer. Here the gradients of all replicas are summed first, then clipped, then
applied, so that many devices take the step that one would.
"""

import contextlib

import keras
import tensorflow as tf

from gan_keras.machines import replicas
from gan_keras.models import default_optimizer, fused_adam, gradient_sum, optimizer_values


class Player:
    """One side's trainable variables and its optimizer, already built for them.

    Args:
        networks: list of `keras.Model`.
        optimizer: a built Keras optimizer, perhaps inside a `LossScaleOptimizer`.
    """

    def __init__(self, networks, optimizer):
        self.networks = networks
        self.optimizer = optimizer
        self.variables = trainable_variables(networks)
        self._prepared = [
            layer
            for network in networks
            for layer in network._flatten_layers()
            if hasattr(layer, "before_update")
        ]

    def before_update(self):
        """Once an update, however many passes: spectral norm's power iteration, for one."""
        for layer in self._prepared:
            layer.before_update()

    def scaled(self, loss):
        """What to differentiate: `loss` over the replicas, times the float16 loss scale."""
        return self.optimizer.scale_loss(loss / replicas.count())

    def step(self, gradients):
        """Applies the gradients of `scaled(loss)`, summed over replicas and clipped."""
        gradients = [dense(gradient) for gradient in gradients]
        if replicas.count() > 1 and self.judges_gradients():
            # apply() judges what one replica has, then sums. Sum first; hand it an equal share.
            gradients = self._clipped(gradient_sum.each_total(gradients))
            gradients = [gradient / replicas.count() for gradient in gradients]
        self.optimizer.apply(gradients, self.variables)

    def judges_gradients(self):
        """Whether the optimizer clips gradients, or looks whether they are finite."""
        inner = innermost(self.optimizer)
        clips = inner.global_clipnorm or inner.clipnorm or inner.clipvalue
        return bool(clips) or inner is not self.optimizer

    def _clipped(self, gradients):
        optimizer, scale = innermost(self.optimizer), self.optimizer.scale_loss(1.0)
        if optimizer.global_clipnorm:
            return tf.clip_by_global_norm(gradients, optimizer.global_clipnorm * scale)[0]
        if optimizer.clipnorm:
            return [tf.clip_by_norm(gradient, optimizer.clipnorm * scale) for gradient in gradients]
        if optimizer.clipvalue:
            limit = optimizer.clipvalue * scale
            # An infinity must stay one: it tells the loss scaling that float16 overflowed.
            return [
                tf.where(tf.math.is_inf(g), g, tf.clip_by_value(g, -limit, limit))
                for g in gradients
            ]
        return gradients


class OptimizerGroup:
    """Both optimizers as `model.optimizer`, for the Keras callbacks that look there.

    Keras's callbacks set and log the learning rate of every entry of `.optimizers`.
    """

    built = True

    def __init__(self, optimizers):
        self.optimizers = [innermost(optimizer) for optimizer in optimizers]
        self._all = optimizers

    @property
    def iterations(self):
        """Updates of the first optimizer, the generator's."""
        return self.optimizers[0].iterations

    @property
    def variables(self):
        """The variables of all optimizers."""
        return [variable for optimizer in self._all for variable in optimizer.variables]


def dense(gradient):
    """A gradient as a plain tensor: an embedding's comes in slices, whose norm is not its norm."""
    return tf.convert_to_tensor(gradient) if isinstance(gradient, tf.IndexedSlices) else gradient


def innermost(optimizer):
    """The optimizer inside a `LossScaleOptimizer`, or the optimizer itself."""
    wrapped = isinstance(optimizer, keras.optimizers.LossScaleOptimizer)
    return optimizer.inner_optimizer if wrapped else optimizer


def trainable_variables(networks):
    """Every trainable variable of the networks, each once, in order."""
    variables = {id(v): v for network in networks for v in network.trainable_variables}
    return list(variables.values())


def prepared_optimizer(optimizer, networks, strategy):
    """The optimizer, made in `strategy`'s scope and built: Keras builds lazily, too late for both.

    Args:
        optimizer: a Keras optimizer, its name, its config or "default". One that was made outside
            the scope is made again inside; under float16 it is put into a `LossScaleOptimizer`.
        networks: list of the player's networks.
        strategy: the `tf.distribute` strategy of the model.

    Raises:
        ValueError: gradient accumulation inside the optimizer, which is wrong for a GAN's
            generator; a number that can only be a slip, such as a negative learning rate; or an
            optimizer that was built for other variables.
    """
    optimizer = default_optimizer.get(optimizer)
    inner = innermost(optimizer)
    if inner.gradient_accumulation_steps:
        raise ValueError(
            "An optimizer's own `gradient_accumulation_steps` makes the generator learn from a "
            f"discriminator that stands still. Received: {inner.gradient_accumulation_steps}. "
            "Pass `gradient_accumulation_steps` to `compile` instead."
        )
    optimizer_values.check(inner.get_config())
    variables = trainable_variables(networks)
    if optimizer.built:
        known = {id(variable) for variable in inner._trainable_variables}
        if known != {id(variable) for variable in variables}:
            raise ValueError(
                f"Optimizer '{optimizer.name}' was built for other variables. "
                "Make a new one for each player and each `compile`."
            )
        _adapt(inner)
        return optimizer
    if inner._distribution_strategy is not strategy:
        optimizer = type(optimizer).from_config(optimizer.get_config())
    half = any(
        layer.compute_dtype == "float16"
        for network in networks
        for layer in network._flatten_layers()
    )
    if half and not isinstance(optimizer, keras.optimizers.LossScaleOptimizer):
        optimizer = keras.optimizers.LossScaleOptimizer(optimizer)
    _adapt(innermost(optimizer))
    optimizer.build(variables)
    return optimizer


def _adapt(optimizer):
    fused_adam.fuse(optimizer)
    gradient_sum.keep_apart(optimizer)


@contextlib.contextmanager
def frozen_state(networks):
    """Passes that leave every weight of `networks` alone, batch-norm statistics too.

    Random states (dropout) move on, or two passes would drop the same units.
    """
    with keras.StatelessScope() as scope:
        yield
    for network in networks:
        weights = {id(variable) for variable in network.weights}
        for variable in network.variables:
            value = scope.get_current_value(variable)
            if id(variable) not in weights and value is not None:
                variable.assign(value)
