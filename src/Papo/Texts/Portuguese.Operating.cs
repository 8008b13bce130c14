// Owns: the Portuguese for whoever runs a hub.
// Must never: decide when something is said.
using Papo.Hub;

namespace Papo.Texts;

internal sealed partial class Portuguese
{
    public override string AboutHubBackup => "Grava num só arquivo as chaves, a configuração e o acervo do hub, mesmo com ele no ar";

    public override string AboutHubRestore => "Refaz um hub a partir de um backup, numa pasta que ainda não tem nenhum";

    public override string OptionConfig => "arquivo de configuração no lugar do habitual (ou PAPO_HUB_CONFIG); papo --paths mostra onde ele fica";

    public override string OptionPrintConfig => "mostra a configuração em vigor como arquivo de configuração e termina";

    public override string PathsSettings => "configuração do hub";

    public override IReadOnlyList<string> SettingsHead =>
    [
        "Configuração do papo hub, uma linha “chave = valor” para cada item. Linha que começa com # é comentário.",
        "Vale primeiro a opção da linha de comando, depois PAPO_BROKER e PAPO_HUB_… (como PAPO_HUB_BIND), depois este arquivo.",
    ];

    public override string SettingsFrom(string origin) => $"vem de: {origin}";

    public override string SettingsCommandLine => "linha de comando";

    public override string SettingsPassword => "A senha não aparece. Informe-a em PGPASSWORD ou no arquivo de senhas do PostgreSQL.";

    public override string SettingsLine(string path, int line) => $"{path}, linha {Number(line)}";

    public override string SettingsNoLine => "isto não é “chave = valor” nem comentário (#).";

    public override string SettingsUnknown(string key) => $"não existe a chave “{key}”.";

    public override string SettingsAllowed(string keys) => $"Existem: {keys}.";

    public override string SettingsNoValue(string key) => $"{key} está sem valor. Escreva um ou tire a linha.";

    public override string SettingsUnreadable(string path, string detail) => $"Não dá para ler a configuração em {path} ({detail.TrimEnd('.')}). Nada foi iniciado.";

    public override string BackupMade(string path, string size, string account) => $"{path} ({size}): chaves e configuração do hub {account}.";

    public override string BackupArchives(IReadOnlyList<string> places) => places.Count == 0 ? "Não há acervo nele: o hub ainda não chegou a um broker." : $"O acervo está nele, vindo de {string.Join(", ", places)}.";

    public override string BackupElsewhere(string command) => $"O acervo não está nele: fica no PostgreSQL. Faça o backup dele com\n  {command}";

    public override string BackupSecret => "Quem tiver este arquivo pode se passar por este hub e ler o acervo: ele contém chaves secretas. Agora só você pode lê-lo; deixe assim.";

    public override string Restored(string account, string madeAt, string folder) => $"O hub {account}, como estava em {madeAt}, está em {folder}.";

    public override string RestoredSettings(string path) => $"A configuração dele está em {path}.";

    public override string RestoredArchives(int count, string place) => $"Acervos no lugar: {Number(count)}, em {place}.";

    public override string RestoredElsewhere(string place, string command) => $"O acervo dele fica no PostgreSQL ({place}). Se ele também se perdeu, traga-o de volta antes de iniciar, com\n  {command}";

    public override string RestoredNew => "papo hub o inicia, como nova réplica do mesmo hub. O que se disse depois do backup volta de quem o guarda.";

    public override string Backup(BackupProblem problem, string path, string detail) => problem switch
    {
        BackupProblem.NoHub => $"Ainda não há hub em {path}; nada foi gravado. Informe a pasta dele com --home ou inicie papo hub uma vez.",
        BackupProblem.FileExists => $"{path} já existe e ficou como estava. Escolha outro arquivo.",
        BackupProblem.Damaged => $"{path} não é um backup inteiro de um hub ({detail}). Nada foi restaurado. Use outro backup.",
        BackupProblem.Newer => $"{path} foi feito por um Papo mais novo ({detail}). Nada foi restaurado. Atualize este programa.",
        BackupProblem.HomeTaken => $"Já há um hub em {path}; nada foi restaurado. Escolha outra pasta com --home ou tire aquela do lugar.",
        BackupProblem.ArchiveTaken => $"Já há um acervo em {path}; nada foi restaurado. Escolha outra pasta com --archive ou tire aquele arquivo do lugar.",
        BackupProblem.ArchiveIsFiles => $"O acervo deste backup são arquivos, e {path} é um banco de dados; nada foi restaurado. Restaure com --archive sqlite:PASTA; um hub com o banco depois se completa a partir desse.",
        _ => $"Não dá para ler ou gravar o backup {path} ({detail.TrimEnd('.')}). Nada mudou. Verifique a pasta e o espaço em disco.",
    };
}
