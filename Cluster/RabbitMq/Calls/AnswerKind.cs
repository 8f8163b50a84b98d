namespace ChatAnalysis.Cluster.RabbitMq.Calls;

/// <summary>What came of a call. The name stands as the message type of an answer.</summary>
internal enum AnswerKind
{
    /// <summary>The answer itself.</summary>
    Answer,

    /// <summary>The grain's machine failed: the disk is full, a file cannot be read. The body is the reason.</summary>
    IoFault,

    /// <summary>The call broke something. The body is the reason.</summary>
    Fault,

    /// <summary>Whoever had begun with it ended without an answer, and it is not to be begun by others unasked.</summary>
    Lost,

    /// <summary>None came: nobody serves the queue, the time is over, or the connection was lost. It can be sent again.</summary>
    None,
}
