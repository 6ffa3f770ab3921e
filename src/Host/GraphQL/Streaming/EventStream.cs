using System.Buffers;
using System.Text;
using Equaticket.Http;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Webhooks.Feed;

namespace Equaticket.Host.GraphQL.Streaming;

/// <summary>
/// Writes responses as Server-Sent Events, in the "distinct connections mode" of the GraphQL over SSE
/// protocol: <c>next</c> for each response, and <c>complete</c> at the end.
/// </summary>
internal sealed class EventStream(HttpContext http)
{
    /// <summary>In the response, the start of the stream; in the request, the position to resume from.</summary>
    public const string PositionHeader = "Last-Event-ID";

    private static readonly byte[] Completion = Encoding.UTF8.GetBytes("event: complete\ndata:\n\n");

    /// <param name="position">The start of the stream; null for a single response.</param>
    public void Begin(StreamPosition? position)
    {
        if (position is not null)
            http.Response.Headers[PositionHeader] = $"{position}";
        http.BeginEvents(isOpenEnded: position is not null);
    }

    public Task WriteAsync(StreamedAnswer item, CancellationToken cancellationToken)
    {
        var text = new ArrayBufferWriter<byte>();
        if (item.Answer is { } answer)
        {
            Write(text, "event: next\n");
            foreach (var line in Encoding.UTF8.GetString(answer.Body.Span).Split('\n'))
                Write(text, $"data: {line}\n");
        }
        else
        {
            Write(text, ":\n");
        }

        if (item.Position is { } position)
            Write(text, $"id: {position}\n");
        Write(text, "\n");
        return FlushAsync(text.WrittenMemory, cancellationToken);
    }

    public Task CompleteAsync(CancellationToken cancellationToken) =>
        FlushAsync(Completion, cancellationToken);

    private async Task FlushAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await http.Response.Body.WriteAsync(bytes, cancellationToken);
        await http.Response.Body.FlushAsync(cancellationToken);
    }

    private static void Write(ArrayBufferWriter<byte> to, string text) =>
        Encoding.UTF8.GetBytes(text, to);
}
