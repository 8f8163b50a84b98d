using System.Buffers;

namespace ChatAnalysis.Grains.FileParser.Formats.WhatsApp;

/// <summary>What WhatsApp tells of a group, which can have a colon: <c>Ann changed the subject to: X</c>.</summary>
internal static class GroupNotice
{
    private const char FirstWithoutSpaces = '\u2E80';

    private static readonly SearchValues<char> Quotes = SearchValues.Create("\"“”„«»「」");

    // Words that stand before the colon, or anywhere in the line.
    private static readonly string[] Known =
    [
        "changed the subject", "changed the group", "security code", "end-to-end", "created group", "created this group", "hat den Betreff",
        "hat die Gruppe", "hat den Gruppennamen", "Ende-zu-Ende", "cambió el asunto", "cambió la descripción", "cambió el nombre",
        "cambiaste el nombre", "de extremo a extremo", "a changé le sujet", "a changé le nom", "a modifié", "de bout en bout",
        "ha cambiato l'oggetto", "ha cambiato la descrizione", "ha cambiato il nome", "ha modificato il nome", "mudou o assunto",
        "mudou o nome", "alterou o nome", "mudou a descrição", "ponta a ponta", "heeft het onderwerp", "heeft de groepsnaam",
        "heeft de naam van", "сменил", "изменил", "змінив", "змінила", "сквозным шифрованием", "konuyu", "grup adını", "grubun adını",
        "uçtan uca", "zmienił nazwę", "zmieniła nazwę", "mengubah nama grup", "mengubah subjek", "ändrade gruppens", "bytte gruppens",
        "ændrede gruppe", "endret gruppe", "vaihtoi ryhmän", "změnil název", "změnila název", "समूह का नाम", "ग्रुप का नाम",
        "اسم المجموعة", "مشفرة", "مشفّرة", "מוצפנות", "שינה את", "שינתה את", "端到端", "端對端", "群组名称", "群組名稱", "群名称",
        "エンドツーエンド", "グループ名を", "グループの名前を", "종단간", "그룹 이름을", "그룹명을",
    ];

    /// <summary>Whether a line, or what stands before its colon, is such a notice.</summary>
    public static bool IsIn(string line)
    {
        var isLong = line.AsSpan().Count(' ') > 1;
        return Array.Exists(
            Known, words => (isLong || words[0] >= FirstWithoutSpaces) && line.Contains(words, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Whether what stands before a colon begins to quote, and ends before the quotation does: the colon is in a name.</summary>
    public static bool BreaksOffInQuotes(ReadOnlySpan<char> line) => line.LastIndexOfAny(Quotes) is >= 0 and var last && line[last] switch
    {
        '„' or '«' or '「' => true,
        '"' => line.Count('"') % 2 == 1,
        '“' => !line[..last].Contains('„'),
        _ => false,
    };
}
