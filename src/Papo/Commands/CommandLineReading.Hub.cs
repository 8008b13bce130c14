// Owns: reading the command line of `papo hub`.
// Must never: guess; whatever is not understood is a usage error.
using System.Net;
using Papo.Diagnostics;
using Papo.Hub;
using Papo.Protocol;

namespace Papo.Commands;

internal sealed partial record CommandLineReading
{
    private sealed partial class RequestReader
    {
        private Request ReadHub()
        {
            IPAddress? bind = null;
            if (Get(grammar.Bind) is { } address && !IPAddress.TryParse(address, out bind))
            {
                return Wrong(words.UsageBind(address));
            }

            if (Get(grammar.TlsKey) is not null && Get(grammar.TlsCert) is null)
            {
                return Wrong(words.UsageMissing("--tls-cert"));
            }

            ArchivePlace? archive = null;
            if (Get(grammar.Archive) is { } place && !ArchivePlace.TryParse(place, out archive))
            {
                return Wrong(words.UsageArchive);
            }

            TimeSpan? retention = null;
            if (Get(grammar.Retention) is { } kept and not "none")
            {
                if (!Moment.TryParseSpan(kept, out var span) || span < ShortestRetention)
                {
                    return Wrong(words.UsageRetention(kept));
                }

                retention = span;
            }

            LogForm? log = null;
            if (Get(grammar.Log) is { } form)
            {
                if (form is not ("logfmt" or "json"))
                {
                    return Wrong(words.UsageLog(form));
                }

                log = form == "json" ? LogForm.Json : LogForm.Logfmt;
            }

            var title = Get(grammar.Title) ?? "";
            if (title.EnumerateRunes().Count() > Limits.HubTitleCodePoints || title.Any(char.IsControl))
            {
                return Wrong(words.UsageTitle);
            }

            return Has(grammar.PrintConfig)
                ? ReadSettings()
                : new HubRequest(bind, archive, retention, title)
                {
                    Tls = new TlsOptions { CertFile = Get(grammar.TlsCert), KeyFile = Get(grammar.TlsKey) },
                    Log = log,
                };
        }
    }
}
