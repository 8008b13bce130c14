// Owns: the list of texts for what goes wrong: what happened, what is kept, what to do next.
// Must never: hold text of one language, or a stack trace.
using Papo.Client;
using Papo.Client.Wire;
using Papo.Protocol;

namespace Papo.Texts;

internal abstract partial class Words
{
    public abstract string Connect(ConnectFailureKind kind, string detail);

    public abstract string Profile(ProfileProblem problem, string path, string detail);

    public abstract string Send(SendProblem problem);

    public abstract string Name(NameProblem problem);

    public abstract string RoomName(string given);

    public abstract string Address(string given, string code);

    public abstract string NobodyCalled(string given);

    public abstract string Member(MemberResult result, string name, string room, bool isIn);

    public abstract string Credentials(string path);
}
