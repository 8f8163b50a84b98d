namespace ChatAnalysis.Grains.Interfaces;

/// <summary>Names the conversation that a message belongs to.</summary>
/// <param name="Ordinal">Its place in the file, from 0.</param>
/// <param name="Id">Its id in the export, where there is one; else the file and the ordinal identify it.</param>
/// <param name="Title">Its title, where there is one.</param>
public sealed record ConversationRef(int Ordinal, string? Id, string? Title);
