using System.Text;
using PilotPlatform.NoticeImport.Decoding;

namespace PilotPlatform.NoticeImport;

/// <summary>Turns the text of an official notice into a draft programme.</summary>
public static class NoticeReader
{
    /// <summary>The largest file that is read.</summary>
    public const int MaximumBytes = 5 * 1024 * 1024;

    /// <summary>Reads a file as received.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="format">What it is.</param>
    public static NoticeReading Read(ReadOnlyMemory<byte> bytes, NoticeFormat format)
    {
        if (bytes.Length > MaximumBytes)
        {
            return NoticeReading.Refused(Refusals.TooLarge);
        }

        if (bytes.IsEmpty)
        {
            return NoticeReading.Refused(Refusals.Empty);
        }

        var (text, refusal) = format switch
        {
            NoticeFormat.Text => TextDecoder.Decode(bytes.Span),
            NoticeFormat.Html => HtmlText.Extract(bytes),
            NoticeFormat.Docx => DocxText.Extract(bytes),
            _ => throw new ArgumentOutOfRangeException(nameof(format)),
        };
        return refusal is not null ? NoticeReading.Refused(refusal) : Read(text!);
    }

    /// <summary>Reads a text that was pasted or decoded already.</summary>
    /// <param name="text">The text; spans of the draft point into it.</param>
    public static NoticeReading Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaximumBytes || Encoding.UTF8.GetByteCount(text) > MaximumBytes)
        {
            return NoticeReading.Refused(Refusals.TooLarge);
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            return NoticeReading.Refused(Refusals.Empty);
        }

        if (!GarbleCheck.IsGarbled(text))
        {
            return NoticeReading.Of(NoticeAssembler.Assemble(text, isRepaired: false));
        }

        return Mojibake.Repair(text) is { } repaired
            ? NoticeReading.Of(NoticeAssembler.Assemble(repaired, isRepaired: true))
            : NoticeReading.Refused(Refusals.Garbled);
    }
}
