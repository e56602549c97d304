# syntax=docker/dockerfile:1
# Two images from one file: `web` without the libraries that draw papers, `worker` with them.
FROM python:3.11-slim-bookworm AS build
WORKDIR /build
COPY requirements/ requirements/
RUN python -m venv /opt/base \
    && /opt/base/bin/pip install --no-cache-dir --require-hashes -r requirements/base.txt \
    && python -m venv /opt/worker \
    && /opt/worker/bin/pip install --no-cache-dir --require-hashes -r requirements/worker.txt

FROM python:3.11-slim-bookworm AS product
RUN groupadd --system --gid 10001 servicedesk \
    && useradd --system --uid 10001 --gid servicedesk --home-dir /app servicedesk \
    && install -d -o servicedesk -g servicedesk /app /var/lib/servicedesk
WORKDIR /app
COPY --chown=root:root . .
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 VAR_DIR=/var/lib/servicedesk BIND=0.0.0.0
VOLUME /var/lib/servicedesk

FROM product AS web
COPY --from=build /opt/base /opt/base
ENV BIN=/opt/base/bin STATIC_DIR=/app/collected
# Keys that only this step sees: collectstatic reads the settings but no secret stays in a layer.
RUN /opt/base/bin/python scripts/messages.py compile \
    && SECRET_KEY=build FIELD_ENCRYPTION_KEYS="$(/opt/base/bin/python -c 'from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())')" \
       LOOKUP_HASH_KEY=build VAR_DIR=/tmp/build /opt/base/bin/python manage.py collectstatic --noinput -v0
USER 10001
EXPOSE 8000 8001
CMD ["scripts/start", "web"]

FROM product AS worker
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*
COPY --from=build /opt/worker /opt/worker
ENV BIN=/opt/worker/bin
RUN /opt/worker/bin/python scripts/messages.py compile
USER 10001
CMD ["scripts/start", "worker"]
