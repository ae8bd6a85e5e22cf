# The bot for one machine. Nothing secret goes into a layer: the token comes from the environment at start,
# the key is made in its own volume.

FROM python:3.13-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /build
COPY requirements.lock ./
RUN python -m venv /venv && /venv/bin/pip install --quiet --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY conversations conversations
COPY locales locales
RUN /venv/bin/pybabel --quiet compile -d locales && /venv/bin/pip install --quiet --no-deps .

FROM python:3.13-slim
RUN useradd --uid 10001 --no-create-home --home-dir /srv --shell /usr/sbin/nologin bot \
    && install -d -o bot -g bot -m 700 /srv/data /srv/keys
COPY --from=build /venv /venv
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DATABASE_URL=sqlite+aiosqlite:////srv/data/objection-bot.db \
    DATA_KEY_FILE=/srv/keys/data.key \
    HTTP_HOST=0.0.0.0 \
    HTTP_PORT=8080
WORKDIR /srv
USER 10001
VOLUME ["/srv/data", "/srv/keys"]
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import os, urllib.request as web; web.urlopen(f'http://127.0.0.1:{os.environ[\"HTTP_PORT\"]}/healthz', timeout=4)"]
ENTRYPOINT ["objection-bot"]
