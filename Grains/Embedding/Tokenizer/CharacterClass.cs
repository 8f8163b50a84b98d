namespace ChatAnalysis.Grains.Embedding.Tokenizer;

/// <summary>What a character does to the word it stands in.</summary>
internal enum CharacterClass
{
    /// <summary>Belongs to the word.</summary>
    Word,

    /// <summary>As if it were not there: controls, accents, private use.</summary>
    Removed,

    /// <summary>Ends the word.</summary>
    Space,

    /// <summary>Ends the word and is a word of its own.</summary>
    Punctuation,

    /// <summary>Belongs to the word, and stands for several characters.</summary>
    Several,
}
