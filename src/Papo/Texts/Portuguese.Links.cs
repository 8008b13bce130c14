// Owns: the Brazilian Portuguese about links.
// Must never: decide when something is said.
using Papo.Client;

namespace Papo.Texts;

internal sealed partial class Portuguese
{
    public override string AboutInvite => "mostra um link para uma sala, e no terminal também o código QR";

    public override string AboutJoin => "vai aonde um link leva";

    public override string OptionValid => "por quanto tempo vale um link para uma sala privada: 30m, 24h, 7d (24h)";

    public override string OptionList => "lista os links para salas privadas";

    public override string OptionRevoke => "retira o link com este id";

    public override string UsageLink => "Isto não é um link inteiro; ele começa com papo:// e é colado de uma vez.";

    public override string UsageLinkId(string given) => $"“{given}” não é o id de um link; papo invite --list mostra os ids.";

    public override string UsageValid(string given) => $"Um link não pode valer por “{given}”; o prazo vai de 1m a 30d.";

    public override string UsageInvitePerson => "Uma conversa direta é só para dois; um link leva a uma sala: papo invite SALA";

    public override string LinkHow(string room, string? until) => until is null
        ? $"Quem tiver o link chega a {room}: papo join LINK"
        : $"Quem usar o link primeiro entra em {room}: papo join LINK. Ele vale uma vez, até {until}, enquanto um dos seus computadores estiver na conversa.";

    public override string LinkOnlyHere(string broker) =>
        $"Atenção: só este computador chega a {broker}, e o link também só serve aqui. Faça o servidor atender na rede, ou dê o endereço de lá com --broker.";

    public override string LinkUsed(string name) => $"usado por {name}";

    public override string LinkOver => "vencido";

    public override string LinkUntil(string time) => $"até {time}";

    public override string LinkUnknown => "Não há link com este id; papo invite --list mostra os ids.";

    public override string LinkEntered(string room) => $"Você entrou em {room}.";

    public override string LinkRefused(EnterResult result) => result switch
    {
        EnterResult.OtherSpace => "Nesse endereço agora está outra comunidade; o link não é para ela. Você não entrou em nada. Peça um link novo.",
        EnterResult.NobodyThere => "Ninguém que possa deixar você entrar está aqui agora. O link não foi gasto: tente de novo quando quem o deu estiver na conversa.",
        EnterResult.Expired => "Este link não vale mais: o prazo acabou. Peça um novo.",
        EnterResult.Used => "Outra pessoa já usou este link; ele valia para uma só. Peça um novo, e conte que este foi usado.",
        _ => "Este link não vale, ou não vale mais: talvez tenha sido retirado. Peça um novo.",
    };
}
