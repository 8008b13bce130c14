// Owns: the Brazilian Portuguese about the computers of one account.
// Must never: decide when something is said.
using Papo.Client;

namespace Papo.Texts;

internal sealed partial class Portuguese
{
    public override string AboutDevices => "lista os computadores da sua conta";

    public override string AboutDevicesLink => "vincula mais um computador: mostra um link para o papo join de lá e pergunta o código que ele mostra";

    public override string AboutDevicesName => "dá um nome a um computador";

    public override string AboutDevicesRemove => "desvincula um computador: ele não lê nada do que for selado daí em diante";

    public override (string Arguments, string About) SlashDevices => ("[link|CÓDIGO|no|name|remove]", "lista seus computadores; vincula mais um, diz o código que ele mostra, ou recusa; dá nome a um, tira um");

    public override string BadgeRemoved => "aparelho removido";

    public override string DeviceUnnamed => "(sem nome)";

    public override string DeviceRow(bool isThis, bool isLinked) => (isThis ? "este, " : "") + (isLinked ? "vinculado" : "guarda a chave da conta");

    public override string DeviceUnknown(string given) => $"Nenhum dos seus computadores se chama {given}; papo devices mostra quais são.";

    public override string DeviceHolds => "Esse computador guarda a própria chave da sua conta, então ninguém pode tirá-lo. Nada foi mudado.";

    public override string DeviceNotHere => "Este computador é vinculado: só um que guarda a chave da sua conta pode fazer isso. papo devices mostra qual.";

    public override string DeviceRemoveAsked(string name, string given) => $"Tirar {name} da sua conta para sempre? Ele fica com o que já tem e não lê mais nada que for selado depois. Para tirar: /devices remove {given} yes";

    public override string DeviceTakenOff(string name) => $"{name} está fora da sua conta: não lê nada do que for selado de agora em diante, e o que disser aparece marcado. O que já tem fica lá.";

    public override string DeviceNamed(string name) => $"Agora ele se chama {name}.";

    public override string LinkingHow => "No computador novo: papo join LINK. Depois digite aqui o código que ele mostrar. O link vale por dez minutos, enquanto isto espera.";

    public override string LinkingPrompt(string name) => $"{name} quer ser vinculado à sua conta. O código que ele mostra: ";

    public override string LinkingWrong(string name) => $"Não é esse o código. Se {name} mostra outro, olhe de novo; se não mostra nenhum, outra pessoa tem o seu link: aperte Enter para recusar.";

    public override string LinkingWrongCode => "Não é esse o código do computador que pede. Olhe de novo; se o novo não mostra nenhum, outra pessoa tem o seu link: /devices no";

    public override string LinkingNobody => "Nenhum computador pede para ser vinculado agora. /devices link faz um link para isso.";

    public override string LinkingConfirmed => "Confirmado; esperando o computador novo…";

    public override string LinkingSilent(string name) => $"{name} foi confirmado e não deu mais notícia. Se tem o perfil, fica vinculado assim que entrar na conversa; se diz que nada foi vinculado, comece de novo: papo devices link";

    public override string LinkingDone(string name) => $"{name} está vinculado à sua conta.";

    public override string LinkingOver => "Ninguém foi vinculado. papo devices link começa de novo.";

    public override string LinkingCode(string account) => $"Digite este código no computador de {account} que fez o link:";

    public override string LinkingEnded(LinkingResult result, string name) => result switch
    {
        LinkingResult.Done => $"Este computador está vinculado: aqui você também é {name}.",
        LinkingResult.NotListedYet => $"Este computador está vinculado: aqui você também é {name}. As salas privadas se abrem quando o outro computador voltar à conversa.",
        LinkingResult.NotConnected => "Sem acesso ao servidor do link. Nada foi vinculado.",
        LinkingResult.OtherSpace => "Nesse endereço agora está outra comunidade; o link não é para ela. Nada foi vinculado.",
        LinkingResult.NobodyThere => "O computador que fez o link não responde. Nada foi vinculado. Faça um link novo lá: papo devices link",
        LinkingResult.Used => "Outro computador chegou antes com este link. Nada foi vinculado aqui. Se não foi você: recuse no computador que fez o link.",
        LinkingResult.NameTaken => $"Já existe um perfil chamado {name} neste computador. Nada foi vinculado. Dê outro nome para cá com --name, ou outra pasta com --home.",
        _ => "O link não vale, não vale mais, ou foi recusado. Nada foi vinculado.",
    };

    public override string NameElsewhere => "Este computador é vinculado: mude seu nome em um que guarda a chave da sua conta.";
}
