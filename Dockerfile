# Tellonce in a container: `docker build --tag tellonce .`; how it is run stands in the README.
FROM rust:1.95-slim-bookworm AS build
RUN apt-get update && apt-get install --yes --no-install-recommends libssl-dev pkg-config && rm -rf /var/lib/apt/lists/*
WORKDIR /tellonce
COPY . .
# With TLS to a PostgreSQL elsewhere: in containers the database nearly always is.
RUN cargo build --release --locked --features postgres-tls

FROM debian:bookworm-slim
RUN apt-get update && apt-get install --yes --no-install-recommends ca-certificates libssl3 && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin tellonce \
    && install --directory --owner tellonce --group tellonce --mode 0700 /data
COPY --from=build /tellonce/target/release/tellonce /usr/bin/tellonce
USER tellonce
ENV TELLONCE_DATA=/data TELLONCE_LISTEN=0.0.0.0:8080
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080; printf 'GET /livez HTTP/1.0\r\n\r\n' >&3; grep --quiet alive <&3"]
ENTRYPOINT ["tellonce"]
CMD ["serve"]
