"""Connections that break, hang and drip; and what the provider takes down of all that comes in."""

from __future__ import annotations

import asyncio
import re
import signal
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable

import httpx2
import pytest

from coach.testing.provider import Asked, Fault, Message, Provider

Post = Callable[..., Awaitable[httpx2.Response]]
both = pytest.mark.parametrize("protocol", ["openai", "anthropic"])
whole_and_stream = pytest.mark.parametrize("stream", [False, True])


async def until(holds: Callable[[], bool]) -> None:
    """Wait for what another end of a connection notices in its own time."""
    async with asyncio.timeout(5):
        while not holds():  # noqa: ASYNC110  the server is not to have an event for it
            await asyncio.sleep(0.002)


@both
@whole_and_stream
async def test_reset(provider: Provider, post: Post, protocol: str, stream: bool) -> None:
    provider.script(Fault.RESET)
    with pytest.raises(httpx2.ReadError) as broken:
        await post(protocol, stream=stream)
    causes = []
    at: BaseException | None = broken.value
    while at is not None:
        causes.append(type(at))
        at = at.__cause__ or at.__context__
    assert ConnectionResetError in causes
    assert (1, 0) == (provider.received, provider.left)


@both
@whole_and_stream
async def test_cut(provider: Provider, post: Post, protocol: str, stream: bool) -> None:
    provider.script(Fault.CUT)
    with pytest.raises(httpx2.RemoteProtocolError, match="without sending complete message body") as broken:
        await post(protocol, stream=stream)
    if not stream:
        received, expected = map(int, re.findall(r"\d+", str(broken.value)))
        assert expected // 2 == received
    assert 200 == (await post(protocol, stream=stream)).status_code


@both
@whole_and_stream
async def test_hang_until_the_client_leaves(provider: Provider, post: Post, protocol: str, stream: bool) -> None:
    provider.script(Fault.HANG)
    with pytest.raises(httpx2.ReadTimeout):
        await post(protocol, stream=stream, timeout_s=0.1)
    await until(lambda: provider.left == 1)
    assert (1, 0) == (provider.received, provider.in_flight)


@both
@whole_and_stream
async def test_slow_stream_drips_the_right_body(provider: Provider, post: Post, protocol: str, stream: bool) -> None:
    right = await post(protocol, stream=stream)
    provider.script(Fault.SLOW_STREAM.of(seconds=0.2))
    begun = time.monotonic()
    slow = await post(protocol, stream=stream)
    assert time.monotonic() - begun >= 0.2
    same = re.compile(r'00000\d+|"created":\d+')
    assert same.sub("", right.text) == same.sub("", slow.text)


async def test_a_client_that_leaves_a_slow_stream_is_counted(provider: Provider) -> None:
    provider.script(Fault.SLOW_STREAM.of(seconds=60))
    async with httpx2.AsyncClient() as client:
        request = {"model": "any", "messages": [], "stream": True}
        async with client.stream("POST", f"{provider.url}/v1/messages", json=request) as answer:
            assert 200 == answer.status_code
    await until(lambda: provider.left == 1)


@both
async def test_latency_of_one_answer_and_of_all(protocol: str) -> None:
    path = {"openai": "/chat/completions", "anthropic": "/messages"}[protocol]
    request = {"model": "any", "messages": []}
    async with Provider(latency_s=0.1) as provider, httpx2.AsyncClient() as client:
        provider.script(Fault.LATENCY.of(seconds=0.1), Fault.AUTH)
        took = []
        for _ in range(3):
            begun = time.monotonic()
            await client.post(provider.url + path, json=request)
            took.append(time.monotonic() - begun)
    assert took[0] >= 0.2
    assert took[1] >= 0.1
    assert took[2] >= 0.1


async def test_script_comes_first_then_the_name_then_always(provider: Provider, post: Post) -> None:
    provider.always(Fault.AUTH)
    provider.script(Fault.NOT_FOUND, Fault.LATENCY.of(seconds=0))
    asked = ["any@rate_limited=3", "any", "any@rate_limited=3", "any"]
    assert [404, 200, 429, 401] == [(await post("openai", model)).status_code for model in asked]
    provider.always(None)
    assert 200 == (await post("openai")).status_code


@both
async def test_what_was_asked_is_taken_down_without_keys(provider: Provider, post: Post, protocol: str) -> None:
    await post(protocol, "some-model", temperature=0, max_tokens=100)
    (asked,) = provider.asked
    assert (Message("system", "Read notes."), Message("user", "Dana signed.")) == asked.messages
    assert ("Read notes.", "Dana signed.") == (asked.system, asked.user)
    assert (protocol, "some-model", False) == (asked.protocol, asked.model, asked.stream)
    assert {"temperature": 0, "max_tokens": 100} == asked.parameters
    assert "kept" == asked.headers["x-note"]
    assert "sk-secret" not in str(asked)
    assert 0 <= time.monotonic() - asked.at < 5


async def test_an_answer_may_be_made_from_what_was_asked() -> None:
    async def shout(asked: Asked) -> str:
        await asyncio.sleep(0)
        return asked.user.upper()

    for answer in (shout, lambda asked: asked.user.upper()):
        async with Provider(answer) as provider, httpx2.AsyncClient() as client:
            request = {"model": "any", "messages": [{"role": "user", "content": "quietly"}]}
            told = (await client.post(f"{provider.anthropic_base}/v1/messages", json=request)).json()
        assert "QUIETLY" == told["content"][0]["text"]


async def test_an_answer_that_cannot_be_made_is_an_error_of_the_server(caplog: pytest.LogCaptureFixture) -> None:
    def wrong(_: Asked) -> str:
        raise KeyError("no such answer")

    async with Provider(wrong) as provider, httpx2.AsyncClient() as client:
        answer = await client.post(f"{provider.url}/messages", json={"model": "any", "messages": []})
    assert (500, "what makes the answers, or spoils them, failed") == (answer.status_code, caplog.messages[0])


async def test_requests_in_flight_are_counted() -> None:
    waiting, go = asyncio.Semaphore(0), asyncio.Event()

    async def answer(_: Asked) -> str:
        waiting.release()
        await go.wait()
        return "{}"

    async with Provider(answer, keep=False) as provider, httpx2.AsyncClient() as client:
        request = {"model": "any", "messages": []}
        url = f"{provider.url}/v1/messages"
        asking = [asyncio.create_task(client.post(url, json=request)) for _ in range(5)]
        for _ in asking:
            await waiting.acquire()
        assert 5 == provider.in_flight
        go.set()
        assert [200] * 5 == [answer.status_code for answer in await asyncio.gather(*asking)]
        assert (0, 5, 5, []) == (provider.in_flight, provider.most_in_flight, provider.received, provider.asked)


async def test_one_connection_takes_many_requests_and_bodies_in_chunks(provider: Provider) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for piece in (b'{"model": "any",', b' "messages": []}'):
            yield piece

    reader, writer = await asyncio.open_connection(*provider.url.removeprefix("http://").split(":"))
    request = b'{"model":"any","messages":[]}'
    head = b"POST /v1/messages?beta=true HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % len(request)
    writer.write((head + request) * 2)
    got = b""
    while got.count(b"msg_0000000") < 2:
        got += await reader.read(4096)
    writer.close()
    await writer.wait_closed()
    async with httpx2.AsyncClient() as client:
        assert 200 == (await client.post(f"{provider.url}/v1/messages", content=chunks())).status_code
    assert 3 == provider.received


async def test_leaving_stops_what_hangs_and_does_not_count_it_as_left() -> None:
    provider = Provider()
    async with httpx2.AsyncClient() as client:
        async with provider:
            provider.always(Fault.HANG)
            asking = asyncio.create_task(client.post(f"{provider.url}/messages", json={"model": "any", "messages": []}))
            await until(lambda: provider.in_flight == 1)
        with pytest.raises(httpx2.TransportError):
            await asking
        assert (0, 0) == (provider.in_flight, provider.left)
        with pytest.raises(httpx2.ConnectError):
            await client.post(f"{provider.url}/messages")


def test_plain_tests_have_it_in_a_thread() -> None:
    with Provider("{}") as provider:
        provider.script(Fault.AUTH)
        request = {"model": "any", "messages": []}
        statuses = [httpx2.post(f"{provider.openai_base}/chat/completions", json=request).status_code for _ in "ab"]
    assert [401, 200] == statuses
    assert 2 == len(provider.asked)


async def test_it_runs_as_a_process_until_stopped(tmp_path) -> None:  # noqa: ANN001
    said = tmp_path / "answer.json"
    said.write_text('{"from": "a file"}')
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "coach.testing.provider", "--answer", said, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    url = (await process.stdout.readline()).decode().strip()
    async with httpx2.AsyncClient() as client:
        answers = [
            await client.post(f"{url}/v1/messages", json={"model": model, "messages": []})
            for model in ("any", "any@overloaded=2")
        ]
    process.send_signal(signal.SIGTERM)
    assert 0 == await process.wait()
    assert '{"from": "a file"}' == answers[0].json()["content"][0]["text"]
    assert (529, "2") == (answers[1].status_code, answers[1].headers["retry-after"])
