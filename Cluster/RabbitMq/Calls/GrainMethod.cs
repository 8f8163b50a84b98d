using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ChatAnalysis.Cluster.RabbitMq.Calls;

/// <summary>A method of a grain as it stands on the wire: its name, and what is sent and answered as JSON.</summary>
/// <param name="Name">The name, the same at both ends.</param>
/// <typeparam name="TCall">What is sent.</typeparam>
/// <typeparam name="TAnswer">What is answered.</typeparam>
internal sealed record GrainMethod<TCall, TAnswer>(string Name)
{
    private static readonly JsonTypeInfo<TCall> Call = (JsonTypeInfo<TCall>)GrainJson.Default.GetTypeInfo(typeof(TCall))!;
    private static readonly JsonTypeInfo<TAnswer> Answer = (JsonTypeInfo<TAnswer>)GrainJson.Default.GetTypeInfo(typeof(TAnswer))!;

    public byte[] WriteCall(TCall call) => JsonSerializer.SerializeToUtf8Bytes(call, Call);

    public TCall ReadCall(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, Call)!;

    public byte[] WriteAnswer(TAnswer answer) => JsonSerializer.SerializeToUtf8Bytes(answer, Answer);

    public TAnswer ReadAnswer(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize(json, Answer)!;
}
