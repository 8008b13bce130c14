// Owns: the pages of a hub's HTTP port: health, readiness, metrics.
// Must never: show what people said, who they are, or let a page change anything.
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Papo.Hub;

internal sealed class HubPages(HubHealth health, HubMetrics metrics)
{
    private const string Live = "/health/live";
    private const string Ready = "/health/ready";
    private const string Metrics = "/metrics";

    /// <summary>Puts the pages before whatever else answers.</summary>
    public void Map(IApplicationBuilder app)
    {
        app.Use(async (context, next) =>
        {
            var path = context.Request.Path.Value;
            if (path is not (Live or Ready or Metrics))
            {
                await next(context);
                return;
            }

            // One answer a connection: the gate gives each only seconds, and one that stays open would be cut in the middle.
            context.Response.Headers.Connection = "close";
            if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
            {
                context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
                context.Response.Headers.Allow = "GET, HEAD";
            }
            else if (path == Metrics)
            {
                await metrics.LookAsync(context.RequestAborted);
                await next(context);
            }
            else
            {
                await (path == Live ? AnswerAsync(context, "live", []) : AnswerAsync(context, "ready", health.Against()));
            }
        });
        app.UseOpenTelemetryPrometheusScrapingEndpoint(metrics.Provider, static context => context.Request.Path == Metrics, null, null, null);
    }

    private static async Task AnswerAsync(HttpContext context, string what, IReadOnlyList<string> against)
    {
        context.Response.StatusCode = against.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteBoolean(what, against.Count == 0);
        json.WriteStartArray("reasons");
        foreach (var code in against)
        {
            json.WriteStringValue(code);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
