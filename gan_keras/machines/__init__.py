"""Devices, replicas and workers: what training asks of the machines that it runs on."""
