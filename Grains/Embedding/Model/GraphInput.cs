namespace ChatAnalysis.Grains.Embedding.Model;

/// <summary>What a graph takes; each is [batch, tokens].</summary>
internal enum GraphInput
{
    /// <summary>input_ids: the tokens.</summary>
    Ids,

    /// <summary>attention_mask: 1 for a token, 0 for padding.</summary>
    Mask,

    /// <summary>token_type_ids: 0 everywhere, since a text stands alone.</summary>
    Types,
}
