// Owns who may see the client's internals: the tests, the benchmarks and the hub, which is a client itself.
// Must never name anything outside this repository.
using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Papo.Tests")]
[assembly: InternalsVisibleTo("Papo.Bench")]
[assembly: InternalsVisibleTo("Papo.Micro")]
[assembly: InternalsVisibleTo("Papo.Simulation")]
[assembly: InternalsVisibleTo("Papo.Fuzz")]
[assembly: InternalsVisibleTo("Papo.Hub")]
