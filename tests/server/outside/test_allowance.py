"""Which addresses the operator's list lets pass, spelling by spelling, and which addresses are public."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.errors import InputError
from server.outside.addresses import is_public
from server.outside.allowance import Allowance, allowed, origin
from server.problems import FederationRefused
from server.settings import Settings

LIST = "https://data.example.org, http://intranet:8080, https://*.example.net, http://[::1]:9"
ORIGINS = Allowance.of(Settings(load_origins=LIST)).origins

PASS = [
    "https://data.example.org/a.ttl",
    "https://data.example.org:443/a.ttl",
    "https://DATA.example.org/?a=b#c",
    "http://intranet:8080",
    "https://a.example.net/",
    "https://a.b.example.net/x",
    "http://[::1]:9/x",
]
REFUSED = [
    "http://data.example.org/a.ttl",
    "https://data.example.org:444/",
    "https://data.example.org.evil.test/",
    "https://evil.test/?https://data.example.org/",
    "https://data.example.org@evil.test/",
    "https://user:word@data.example.org/",
    "https://evil.test#@data.example.org/",
    "https://evil.test\\@data.example.org/",
    "https://evilexample.net/",
    "https://example.net/",
    "https://data.example.org\t.evil.test/",
    "https://data.example.org:port/",
    "https://data.example.org:99999/",
    "//data.example.org/",
    "file:" + "///etc/passwd",
    "ftp://data.example.org/",
    "gopher://data.example.org/",
    "http://intranet/",
    "http://[::1]/",
    "http://127.0.0.1/",
    "http://2130706433/",
    "http://[::ffff:127.0.0.1]/",
    "https://[",
    "",
]


@pytest.mark.parametrize("url", PASS)
def test_what_is_on_the_list_passes(url: str) -> None:
    assert allowed(url, ORIGINS) in ORIGINS


@pytest.mark.parametrize("url", REFUSED)
def test_what_is_not_on_the_list_is_refused(url: str) -> None:
    with pytest.raises(FederationRefused):
        allowed(url, ORIGINS)


def test_an_entry_in_full_goes_before_a_pattern() -> None:
    both = Allowance.of(Settings(load_origins="https://*, https://a.example")).origins
    assert allowed("https://a.example/", both).exact
    assert not allowed("https://b.example/", both).exact


def test_nothing_is_allowed_by_default() -> None:
    allowance = Allowance.of(Settings())
    assert (allowance.endpoints, allowance.origins) == (frozenset(), ())


@pytest.mark.parametrize("text", ["example.org", "https://example.org/path", "ftp://a.example", "https://a.*.example",
                                  "https://a@b.example", "https://a.example?b"])  # fmt: skip
def test_a_list_that_cannot_be_read_is_told_by_its_variable(text: str) -> None:
    with pytest.raises(InputError, match="ONRECORD_LOAD_ORIGINS"):
        Allowance.of(Settings(load_origins=text))


@pytest.mark.parametrize("text", ["example.org", "ftp://a.example/sparql", "https://*.example/sparql"])
def test_an_endpoint_that_cannot_be_read_is_told_by_its_variable(text: str) -> None:
    with pytest.raises(InputError, match="ONRECORD_SERVICE_ENDPOINTS"):
        Allowance.of(Settings(service_endpoints=text))


@given(st.text())
def test_any_text_has_an_origin_or_none(text: str) -> None:
    found = origin(text)
    assert found is None or found.scheme in {"http", "https"}


PUBLIC = ["1.1.1.1", "93.184.216.34", "2606:4700:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"]
PRIVATE = [
    "127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1",
    "192.0.2.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fd00::1", "ff02::1",
    "::ffff:127.0.0.1", "::ffff:169.254.169.254", "2002:7f00:1::", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe",
    "2001:db8::1",
]  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_that_is_not_public(address: str) -> None:
    assert not is_public(address)
