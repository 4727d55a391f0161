import Hummingbird

/// The routes that every service answers: `/livez`, `/readyz`, `/startupz` and `/metrics`.
public enum AdminRoutes {
    /// Adds the routes to `router`.
    public static func add<Context: RequestContext>(
        to router: Router<Context>, health: HealthRegistry, metrics: PrometheusRegistry
    ) {
        for (path, probe) in [
            ("/livez", HealthRegistry.Probe.liveness), ("/readyz", .readiness), ("/startupz", .startup),
        ] {
            router.get(RouterPath(path)) { _, _ in answer(health.results(probe)) }
        }
        router.get("/metrics") { _, _ in
            Response(
                status: .ok, headers: [.contentType: PrometheusRegistry.contentType],
                body: ResponseBody(byteBuffer: ByteBuffer(string: metrics.exposition())))
        }
    }

    /// 200 when every check passes, else 503; `{"status":"pass","checks":[{"name":"postgres","status":"pass"},...]}`.
    private static func answer(_ results: [HealthRegistry.Result]) -> Response {
        let isPassing = results.allSatisfy { $0.status == .passing }
        var json = JSONText()
        json.raw("{")
        json.field("status", isPassing ? "pass" : "fail")
        json.key("checks")
        json.raw("[")
        for result in results {
            json.element()
            json.raw("{")
            json.field("name", result.name)
            switch result.status {
            case .passing:
                json.field("status", "pass")
            case .failing(let reason):
                json.field("status", "fail")
                json.field("detail", reason)
            }
            json.raw("}")
        }
        json.raw("]}\n")
        return Response(
            status: isPassing ? .ok : .serviceUnavailable,
            headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: json.bytes)))
    }
}
