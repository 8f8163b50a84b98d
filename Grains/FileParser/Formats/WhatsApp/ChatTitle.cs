namespace ChatAnalysis.Grains.FileParser.Formats.WhatsApp;

/// <summary>Finds a chat's title in the name of its file: "WhatsApp Chat with Ann.txt".</summary>
internal static class ChatTitle
{
    private static readonly (string Before, string After)[] Names =
    [
        ("WhatsApp Chat with ", ""), ("WhatsApp Chat - ", ""), ("WhatsApp Chat mit ", ""), ("WhatsApp-Chat mit ", ""),
        ("Chat de WhatsApp con ", ""), ("Conversación de WhatsApp con ", ""), ("Conversa do WhatsApp com ", ""),
        ("Discussion WhatsApp avec ", ""), ("Chat WhatsApp con ", ""), ("WhatsApp-chat met ", ""), ("WhatsApp-gesprek met ", ""),
        ("Чат WhatsApp с контактом ", ""), ("Чат WhatsApp с ", ""), ("WhatsApp Sohbeti - ", ""), ("Czat WhatsApp z ", ""),
        ("צ'אט WhatsApp עם ", ""), ("‏צ'אט WhatsApp עם ", ""), ("محادثة واتساب مع ", ""), ("دردشة واتساب مع ", ""), ("与", "的 WhatsApp 聊天"),
        ("與", "的WhatsApp對話"), ("與", "的 WhatsApp 對話"), ("", "とのトーク - WhatsApp"), ("", "님과의 WhatsApp 대화"), ("", " ile WhatsApp Sohbeti"),
    ];

    /// <summary>The title that a path names; null where it names none, as <c>_chat.txt</c> by itself does.</summary>
    public static string? Of(string path)
    {
        foreach (var part in path.Split('/').Reverse())
        {
            var name = BidiMarks.Strip(part);
            foreach (var ending in (string[])[".txt", ".zip"])
                if (name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
                    name = name[..^ending.Length];
            foreach (var (before, after) in Names)
                if (name.StartsWith(before, StringComparison.OrdinalIgnoreCase) && name.EndsWith(after, StringComparison.OrdinalIgnoreCase)
                    && name.Length > before.Length + after.Length)
                    return name[before.Length..^after.Length].Trim() is { Length: > 0 } title ? title : null;
        }

        return null;
    }
}
