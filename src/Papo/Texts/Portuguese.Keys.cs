// Owns: the Brazilian Portuguese of keys.
// Must never: decide when something is said.
using Papo.Terminal;

namespace Papo.Texts;

internal sealed partial class Portuguese
{
#pragma warning disable CS8524 // numbers that are no action do not come; CS8509 finds an action without a text
    public override string About(KeyAction action) => action switch
#pragma warning restore CS8524
    {
        KeyAction.None => "não faz nada",
        KeyAction.Insert => "escreve",
        KeyAction.Paste => "cola",
        KeyAction.Submit => "envia a mensagem",
        KeyAction.NewLine => "começa uma linha nova",
        KeyAction.DeleteBack => "apaga o caractere antes do cursor",
        KeyAction.DeleteForward => "apaga o caractere depois do cursor",
        KeyAction.DeleteWordBack => "recorta a palavra antes do cursor",
        KeyAction.DeleteWordForward => "recorta até o fim da palavra",
        KeyAction.DeleteToNextWord => "recorta até a próxima palavra",
        KeyAction.KillToEnd => "recorta até o fim da linha",
        KeyAction.KillToStart => "recorta até o começo da linha",
        KeyAction.KillLine => "recorta a linha inteira",
        KeyAction.CopyLine => "copia a linha inteira",
        KeyAction.Yank => "põe de volta o último recorte",
        KeyAction.YankEarlier => "logo depois disso: o recorte anterior",
        KeyAction.PutAfter => "põe depois do cursor o que foi recortado ou copiado",
        KeyAction.Left => "um caractere para a esquerda",
        KeyAction.Right => "um caractere para a direita",
        KeyAction.WordLeft => "ao começo da palavra",
        KeyAction.WordRight => "ao fim da palavra",
        KeyAction.NextWord => "ao começo da próxima palavra",
        KeyAction.LineStart => "ao começo da linha",
        KeyAction.LineEnd => "ao fim da linha",
        KeyAction.TextStart => "ao começo do texto",
        KeyAction.TextEnd => "ao fim do texto",
        KeyAction.Up => "uma linha acima; da primeira, o que foi enviado antes",
        KeyAction.Down => "uma linha abaixo; da última, o que foi enviado depois",
        KeyAction.Undo => "desfaz",
        KeyAction.Redo => "refaz o que foi desfeito",
        KeyAction.Transpose => "troca de lugar os dois caracteres no cursor",
        KeyAction.Complete => "completa; repetir mostra a próxima sugestão",
        KeyAction.CompleteBack => "completa; repetir mostra a sugestão anterior",
        KeyAction.NormalMode => "vi: da escrita aos comandos",
        KeyAction.InsertMode => "vi: dos comandos à escrita",
        KeyAction.Append => "vi: escreve depois do cursor",
        KeyAction.Cancel => "fecha o que está aberto",
        KeyAction.Interrupt => "limpa a linha; sai se ela está vazia",
        KeyAction.EndOfInput => "apaga adiante; sai se a linha está vazia",
        KeyAction.Suspend => "suspende o Papo e vai ao shell; fg volta",
        KeyAction.Redraw => "desenha a tela de novo",
        KeyAction.KillOrPalette => "recorta até o fim da linha; sem nada ali, busca salas, pessoas e comandos",
        KeyAction.HelpOrInsert => "ajuda, se nada está escrito",
        KeyAction.UpOrEditLast => "uma linha acima; se nada está escrito, edita a sua última mensagem",
        KeyAction.StartOrOldest => "ao começo do texto; se nada está escrito, à mensagem mais antiga",
        KeyAction.EndOrNewest => "ao fim do texto; se nada está escrito, à mensagem mais nova",
        KeyAction.RightOrSearch => "um caractere para a direita; no fim do texto, busca",
        KeyAction.UpOrPreviousMessage => "uma linha acima; se nada está escrito, a mensagem anterior",
        KeyAction.DownOrNextMessage => "uma linha abaixo; se nada está escrito, a mensagem seguinte",
        KeyAction.NextRoom => "à próxima sala",
        KeyAction.PreviousRoom => "à sala anterior",
        KeyAction.NextUnreadRoom => "à próxima sala com mensagens não lidas",
        >= KeyAction.Room1 and <= KeyAction.Room9 => $"à sala {Number(action - KeyAction.Room1 + 1)}",
        KeyAction.ScrollUp => "rola uma linha acima",
        KeyAction.ScrollDown => "rola uma linha abaixo",
        KeyAction.PageUp => "rola uma página acima",
        KeyAction.PageDown => "rola uma página abaixo",
        KeyAction.ToOldest => "à mensagem mais antiga",
        KeyAction.ToNewest => "à mensagem mais nova",
        KeyAction.NextMention => "à próxima menção a você",
        KeyAction.FirstUnread => "à primeira mensagem não lida",
        KeyAction.NextMessage => "seleciona a mensagem seguinte",
        KeyAction.PreviousMessage => "seleciona a mensagem anterior",
        KeyAction.NextMatch => "à próxima mensagem encontrada",
        KeyAction.PreviousMatch => "à mensagem encontrada antes",
        KeyAction.Palette => "busca salas, pessoas, comandos e ajustes",
        KeyAction.Help => "ajuda",
        KeyAction.Search => "busca",
        KeyAction.ToggleRooms => "mostra ou esconde as salas",
        KeyAction.TogglePeople => "mostra ou esconde as pessoas",
        KeyAction.CopyMode => "mostra só as mensagens, para copiá-las sem sobras",
        KeyAction.Reply => "responde à mensagem selecionada",
        KeyAction.EditLast => "edita a sua última mensagem",
        KeyAction.React => "reage à mensagem selecionada",
    };

    public override string ActionUnknown(string given) => $"Não existe a ação \"{given}\"; a tecla continua como era. A ajuda (F1) lista as ações.";

    public override string KeyUnknown(string given) => $"\"{given}\" não é uma tecla; nada mudou. Teclas se escrevem como ctrl+k, alt+up ou f2.";

    public override string KeyIsText(string key) => $"{key} sozinha escreve um caractere e continua assim. Junte ctrl ou alt.";
}
