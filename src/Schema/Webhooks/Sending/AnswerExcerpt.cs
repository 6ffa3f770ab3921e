using System.Text;

namespace Equaticket.Schema.Webhooks.Sending;

/// <summary>Reads the beginning of what an endpoint answers, and no more of it.</summary>
internal static class AnswerExcerpt
{
    private const int MaxBytes = 1_024;

    /// <returns>The first 1 KiB as text, U+0000 left out; null when there is nothing.</returns>
    public static async Task<string?> ReadAsync(
        HttpContent content, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxBytes];
        var length = 0;
        try
        {
            await using var body = await content.ReadAsStreamAsync(cancellationToken);
            length = await body.ReadAtLeastAsync(
                buffer, MaxBytes, throwOnEndOfStream: false, cancellationToken);
        }
        catch (Exception fault) when (fault is IOException or HttpRequestException
            or OperationCanceledException)
        {
            // The status counts. Of a body that breaks off or never ends nothing is kept.
        }

        // A character that was cut in two is left out rather than shown broken.
        var decoder = Encoding.UTF8.GetDecoder();
        var text = new char[MaxBytes];
        var characters = decoder.GetChars(buffer.AsSpan(0, length), text, flush: length < MaxBytes);
        return characters == 0
            ? null
            : new string(text, 0, characters).Replace("\0", "", StringComparison.Ordinal);
    }
}
