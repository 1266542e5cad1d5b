# The embedded engine, the API and the page; no key and no network needed.
#   docker build -t coach .
#   docker run --rm -e COACH_LET_ANYONE_IN=yes -p 127.0.0.1:8000:8000 coach
# It has no keys yet, and so starts only where it is told that anyone may come in: on a port of this machine alone.
FROM python:3.13-slim AS build
RUN pip install --no-cache-dir uv==0.13.9
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PROJECT_ENVIRONMENT=/opt/coach UV_PYTHON_DOWNLOADS=never
WORKDIR /src
# Dependencies first: they change less often than the source, and stay cached.
COPY pyproject.toml uv.lock README.md ./
RUN uv sync --frozen --no-dev --no-install-project
COPY coach ./coach
COPY rubrics ./rubrics
RUN uv sync --frozen --no-dev --no-editable

FROM python:3.13-slim
RUN useradd --system --uid 10001 --create-home --home-dir /home/coach coach
COPY --from=build /opt/coach /opt/coach
ENV PATH=/opt/coach/bin:$PATH PYTHONUNBUFFERED=1
USER coach
WORKDIR /home/coach
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s \
  CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
CMD ["coach", "serve", "--host", "0.0.0.0", "--port", "8000"]
