"""One delivery of a webhook over HTTP, to an address that may be called.

Whoever sets up a hook chooses where this server calls. So that it cannot be made to call what only it can reach
(itself, the office's network, the metadata of a cloud), names are resolved here, every address they have is looked at,
and the connection goes to the very address that was looked at. Redirects are not followed, the answer's body is not
read, and proxies of the environment are passed by.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Mapping
from dataclasses import dataclass

import httpx

from auditor import __version__

TIMEOUT = 10.0
"""Seconds from the first look-up of the name to the status of the answer."""
GONE = 410
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a try went: the status of the answer, None without one; ``error`` in Vietnamese, None where it arrived.

    ``again`` says whether another try may help.
    """

    status: int | None
    error: str | None = None
    again: bool = True


def send(url: str, body: bytes, headers: Mapping[str, str], *, inside: bool, timeout: float = TIMEOUT) -> Outcome:
    """Send a body and return how that went; whatever goes wrong is an outcome, never an error.

    Args:
        inside: call addresses of the own machine and of private networks too.
    """
    try:
        status = asyncio.run(_send(url, body, headers, inside, timeout))
    except _Refused as refused:
        return Outcome(None, str(refused), again=False)
    except TimeoutError:
        return Outcome(None, f"không trả lời trong {timeout:g} giây")
    except OSError as error:
        return Outcome(None, f"không tìm thấy máy chủ ({type(error).__name__})")
    except httpx.TimeoutException:
        return Outcome(None, "không kết nối được trong thời gian cho phép")
    except httpx.ConnectError:
        return Outcome(None, "không kết nối được, hoặc chứng thư https không đúng")
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        return Outcome(None, f"không gửi được ({type(error).__name__})")
    if 200 <= status < 300:
        return Outcome(status)
    if status == GONE:
        return Outcome(status, "máy nhận trả lời 410: thôi nhận tin", again=False)
    moved = "; không theo địa chỉ chuyển hướng" if 300 <= status < 400 else ""
    return Outcome(status, f"máy nhận trả lời {status}{moved}")


def may_call(address: Address, *, inside: bool) -> bool:
    """Say whether an address may be called; what it stands for inside another kind of address counts."""
    if isinstance(address, ipaddress.IPv6Address):
        within = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if address in _NAT64:
            within = ipaddress.IPv4Address(address.packed[-4:])
        if within is not None:
            return may_call(within, inside=inside)
    if address.is_multicast or address.is_unspecified or address.is_link_local:
        return False
    return address.is_global or (inside and (address.is_private or address.is_loopback) and not _broadcast(address))


class _Refused(Exception):
    pass


async def _send(url: str, body: bytes, headers: Mapping[str, str], inside: bool, timeout: float) -> int:
    asked = httpx.URL(url)
    host = asked.raw_host.decode("ascii")
    async with asyncio.timeout(timeout):
        addresses = await _addresses(host, asked.port or (443 if asked.scheme == "https" else 80))
        if not all(may_call(address, inside=inside) for address in addresses):
            raise _Refused("địa chỉ nằm trong mạng nội bộ nên không gọi; người quản trị mở bằng serve --hooks-inside")
        sent = {
            **headers, "Host": asked.netloc.decode("ascii"), "Content-Type": "application/json; charset=utf-8",
            "User-Agent": f"soat-gioi/{__version__}",
        }  # fmt: skip
        # One address that does not answer leaves time for the next; all together end with the time above.
        each = httpx.Timeout(None, connect=timeout / len(addresses))
        async with httpx.AsyncClient(trust_env=False, follow_redirects=False, timeout=each) as client:
            for address in addresses[:-1]:
                try:
                    return await _post(client, asked, address, body, sent, host)
                except (httpx.ConnectError, httpx.ConnectTimeout):
                    continue
            return await _post(client, asked, addresses[-1], body, sent, host)


async def _post(
    client: httpx.AsyncClient, asked: httpx.URL, address: Address, body: bytes, headers: Mapping[str, str], host: str
) -> int:
    # The certificate is still that of the name: it is asked for and checked under it.
    request = client.stream(
        "POST", asked.copy_with(host=str(address)), content=body, headers=headers, extensions={"sni_hostname": host}
    )
    async with request as answer:
        return answer.status_code


async def _addresses(host: str, port: int) -> list[Address]:
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(ipaddress.ip_address(str(one[4][0]).partition("%")[0]) for one in found))


def _broadcast(address: Address) -> bool:
    return address == ipaddress.IPv4Address("255.255.255.255")
