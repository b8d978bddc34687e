"""A trained network inside a page: no server, no runtime, nothing to install.

graph        a network as a list of operations and weights
packing      weights as bytes, 16 or 12 bits each
fitting      which of the two a page takes
product.js   the product of two matrices, in WebAssembly where the browser has it
engine.js    runs the list, operation by operation
"""
