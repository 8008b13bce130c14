# A hub of Papo in a container: docker build -t papo . && docker run -v papo:/data -p 1883:1883 papo
# More in docs/OPERATING.md.
FROM mcr.microsoft.com/dotnet/sdk:10.0-noble AS build
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev zlib1g-dev && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
RUN ./publish

FROM mcr.microsoft.com/dotnet/runtime-deps:10.0-noble
COPY --from=build /source/artifacts/papo /usr/local/bin/papo
# A container opens to the network it is in; which of its ports others reach is up to -p.
ENV PAPO_HOME=/data PAPO_HUB_BIND=0.0.0.0 LANG=C.UTF-8
RUN mkdir /data && chown "$APP_UID" /data
USER $APP_UID
VOLUME /data
EXPOSE 1883 8883 8080 8443
# The image has no HTTP client; its shell can ask.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /health/ready HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["papo"]
CMD ["hub"]
