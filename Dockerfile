# gongkai in a small image: the user interface is built with Node, the binary
# with Go, and the last stage holds the binary, certificates and nothing else.
ARG NODE_IMAGE=node:24-bookworm-slim
ARG GO_IMAGE=golang:1.26-bookworm
ARG RUN_IMAGE=gcr.io/distroless/static-debian12:nonroot

FROM ${NODE_IMAGE} AS ui
WORKDIR /src/ui
COPY ui/package.json ui/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY ui/ ./
RUN npm run build

FROM ${GO_IMAGE} AS binary
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
COPY --from=ui /src/ui/dist ./ui/dist
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /out/gongkai . && mkdir /out/pb_data

FROM ${RUN_IMAGE}
COPY --from=binary /out/gongkai /gongkai
COPY --from=binary --chown=65532:65532 /out/pb_data /pb_data
USER 65532:65532
VOLUME /pb_data
EXPOSE 8090
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s CMD ["/gongkai", "health"]
ENTRYPOINT ["/gongkai"]
CMD ["serve", "--http=0.0.0.0:8090", "--dir=/pb_data"]
