namespace ChatAnalysis.Tests.FileParser;

/// <summary>Writes Discord's own data package.</summary>
internal static class DiscordPackageExport
{
    public const string Csv = "ID,Timestamp,Contents,Attachments\r\n";

    /// <summary>A small package with both of its shapes and all that is odd in it.</summary>
    public static TestExport Small() => new TestExport()
        .With("package/account/user.json", """{"id":"11","username":"ann"}""")
        .With("package/Messages/index.json", """{"200":"general in Garden","300":"Direct Message with bob#0","400":null,"500":"None"}""")
        .With("package/Messages/c200/channel.json", """{"id":"200","type":"GUILD_TEXT","name":"general","guild":{"id":"100","name":"Garden"}}""")
        .With(
            "package/Messages/c200/messages.json",
            """
            [{"ID":897870239797215244,"Timestamp":"2021-10-13 15:36:46","Contents":"second","Attachments":""},
             {"ID":897870239797215243,"Timestamp":"2021-10-13 15:35:46","Contents":"first",
              "Attachments":"https://cdn.example/attachments/1/2/a.png?ex=1&is=2 https://cdn.example/attachments/1/3/SPOILER_b.pdf"},
             {"ID":3,"Timestamp":"2021-10-13 15:34:46","Contents":"","Attachments":"https://cdn.example/c.png"},
             {"ID":2,"Timestamp":"2021-10-13 15:33:46","Contents":"","Attachments":""}]
            """)
        .With("package/Messages/c300/channel.json", """{"id":"300","type":"DM","recipients":["11","12"]}""")
        .With(
            "package/Messages/c300/messages.csv",
            Csv + "5,2020-08-25 22:54:05.726000+00:00,\"a \"\"quoted\"\" word, and\r\na second line\",\r\n\r\n"
            + "4,2020-08-25 22:53:05+00:00,plain,https://cdn.example/d.png\n3,2020-08-25 22:52:05+00:00,,");
}
