// Owns: the list of texts from the start of the program to the first line of the chat.
// Must never: hold text of one language.
namespace Papo.Texts;

internal abstract partial class Words
{
    public abstract string NamePrompt(string suggestion);

    public abstract string ProfileInUse(string name);

    public abstract string WhoIsThisPrompt(string name);

    public abstract string WhatOthersSee { get; }

    public abstract string Looking { get; }

    public abstract string SavedSilent(string broker);

    public abstract string Found(string broker);

    public abstract string Connecting(string broker);

    public abstract string NotYetThere(string broker, string why);

    public abstract string HostPrompt { get; }

    public abstract bool IsYes(string answer);

    public abstract string Hosting { get; }

    public abstract string HostingOpen { get; }

    public abstract string HostingNoNetwork { get; }

    public abstract string HostingLoopback { get; }

    public abstract string HostingPortTaken(int port);

    public abstract string HostingFailed(string detail);

    public abstract string HostingDeclined { get; }

    public abstract string PasswordPrompt(string user);

    public abstract string NobodyHosts { get; }

    public abstract string Crashed(string logFile);
}
