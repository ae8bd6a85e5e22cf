"""The vantages `globalping:CC`: probes of an existing measuring network, asked seldom, if the operator wants it.

Source: the service's own specification, github.com/jsdelivr/globalping, public/v1/spec.yaml (read in November 2026).
Whatever goes wrong between us and the service, or at its probe, is no data (DESIGN promise 3): never a bad form.
"""
