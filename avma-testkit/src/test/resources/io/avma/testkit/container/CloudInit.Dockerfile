# A guest with the daemon and with a foreign writer of its pool: cloud-init's reporting handler.
FROM debian:bookworm-slim
RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends hyperv-daemons cloud-init \
    && rm -rf /var/lib/apt/lists/* \
    && mkdir -p /var/lib/hyperv /avma
CMD ["sleep", "infinity"]
