using System.Globalization;
using DocumentFormat.OpenXml.Wordprocessing;
using PilotPlatform.Documents.Contracts;
using Model = PilotPlatform.Documents.Contracts;
using WordParagraph = DocumentFormat.OpenXml.Wordprocessing.Paragraph;

namespace PilotPlatform.Documents.OfficialDocuments;

/// <summary>Sets the parts of the document one under the other, from the red head to the imprint.</summary>
internal sealed class OfficialBody(OfficialDocument document, OfficialNumbering numbering)
{
    // The mark is set as large as looks grand, first narrowed to two thirds and only then made smaller.
    private const int LargestMark = 88;
    private const int NarrowestMark = 66;

    private readonly Body _body = new();

    public Body Create()
    {
        AddHead();
        Add(OfficialStyles.Title, document.Title);
        if (document.Addressee is { } addressee)
        {
            Add(OfficialStyles.Addressee, addressee.TrimEnd(':', '：') + "：");
        }

        AddBlocks(document.Blocks, OfficialNumbering.BodyHeadings);
        AddAttachmentList();
        AddSignature();
        if (document.Note is { } note)
        {
            Add(OfficialStyles.Note, $"（{note}）");
        }

        AddAttachments();
        if (document.Imprint is { } imprint)
        {
            _body.Append(OfficialImprint.Create(imprint));
        }

        if (document.Imprint is not null || _body.LastChild is Table)
        {
            // The frame of the imprint hangs from the line that follows it, and a table cannot end a document.
            Add(OfficialStyles.Anchor, string.Empty);
        }

        return _body;
    }

    private static RunProperties MarkType(string mark)
    {
        var characters = OfficialText.HalfWidths(mark) / 2.0;
        var room = Gb9704.TypeAreaWidth / 10.0;
        var scale = Math.Clamp((int)(100 * room / (characters * LargestMark)), NarrowestMark, 100);
        var size = Math.Min(LargestMark, (int)(room * 100 / (characters * scale)));
        return new RunProperties(
            new CharacterScale { Val = scale },
            new FontSize { Val = OfficialStyles.Twips(size) },
            new FontSizeComplexScript { Val = OfficialStyles.Twips(size) });
    }

    private void AddHead()
    {
        if (document.IssuerMark is not { } mark)
        {
            if (document.DocumentNumber is not null || document.ApprovedBy is not null)
            {
                throw new ArgumentException("A document number and an approver stand in the red head: name the issuer mark.", nameof(document));
            }

            return;
        }

        _body.Append(new WordParagraph(
            Properties(OfficialStyles.IssuerMark), OfficialText.Run(mark, MarkType(mark))));
        var number = document.DocumentNumber ?? string.Empty;
        if (document.ApprovedBy is not { } approver)
        {
            Add(OfficialStyles.DocumentNumber, number);
            return;
        }

        // One character from either edge; the indentation is that of the first line, for the red line keeps the full width.
        var properties = Properties(OfficialStyles.DocumentNumber);
        properties.AddChild(new Tabs(new TabStop
        {
            Val = TabStopValues.Right,
            Position = Gb9704.TypeAreaWidth - Gb9704.CharacterPitch,
        }));
        properties.AddChild(new Indentation { FirstLine = OfficialStyles.Twips(Gb9704.CharacterPitch) });
        properties.AddChild(new Justification { Val = JustificationValues.Left });
        _body.Append(new WordParagraph(
            properties,
            OfficialText.Run($"{number}\t签发人："),
            OfficialText.Run(approver, new RunProperties(OfficialFont.KaiTi.ToRunFonts()))));
    }

    private void AddBlocks(IReadOnlyList<DocumentBlock> blocks, int headings)
    {
        var list = 0;
        for (var i = 0; i < blocks.Count; i++)
        {
            switch (blocks[i])
            {
                case Heading { Level: < 1 or > 4 } heading:
                    throw new ArgumentException(
                        string.Create(CultureInfo.InvariantCulture, $"Headings have levels 1 to 4, not {heading.Level}."), nameof(blocks));
                case Heading heading:
                    AddHeading(heading, headings);
                    break;
                case Model.Paragraph paragraph:
                    foreach (var line in OfficialText.Lines(paragraph.Text))
                    {
                        Add(OfficialStyles.Body, line);
                    }

                    break;
                case Model.ListItem item:
                    if (i == 0 || blocks[i - 1] is not Model.ListItem)
                    {
                        list = numbering.StartList(blocks.Skip(i).TakeWhile(block => block is Model.ListItem).Count());
                    }

                    Add(OfficialStyles.ListItem, item.Text, Numbered(list, level: 0));
                    break;
                case DocumentTable table:
                    Add(OfficialStyles.Caption, table.Caption);
                    _body.Append(OfficialTable.Create(table));
                    break;
            }
        }
    }

    private void AddHeading(Heading heading, int headings) => Add(
        OfficialStyles.Heading(heading.Level),
        heading.Text,
        headings == OfficialNumbering.BodyHeadings ? null : Numbered(headings, heading.Level - 1));

    private static NumberingProperties Numbered(int id, int level) =>
        new(new NumberingLevelReference { Val = level }, new NumberingId { Val = id });

    private void AddAttachmentList()
    {
        var attachments = document.Attachments;
        // Half characters: two free ones, the word with its colon, the number, and then the name under which names go on.
        const int Margin = 4;
        const int Word = 6;
        if (attachments.Count > 0)
        {
            KeepLastParagraphWithNext();
        }

        var number = attachments.Count switch { 1 => 0, < 10 => 3, _ => 4 };
        for (var i = 0; i < attachments.Count; i++)
        {
            var hanging = number + (i == 0 ? Word : 0);
            var properties = Properties(OfficialStyles.AttachmentList);
            if (i == 0)
            {
                // One free line between the body and the list.
                properties.AddChild(new SpacingBetweenLines { Before = OfficialStyles.Twips(Gb9704.LinePitch) });
            }

            properties.AddChild(new Indentation
            {
                Left = HalfCharacters(Margin + Word + number),
                Hanging = HalfCharacters(hanging),
            });
            properties.AddChild(new Justification { Val = JustificationValues.Left });
            var label = (i == 0 ? "附件：" : string.Empty)
                + (number == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"{i + 1}.\t"));
            _body.Append(new WordParagraph(
                properties, OfficialText.Run(label + attachments[i].Title.ReplaceLineEndings(string.Empty))));
        }
    }

    // A page with nothing of the body on it (此页无正文) is forbidden: the last paragraph goes with what follows.
    private void KeepLastParagraphWithNext()
    {
        if (_body.LastChild is WordParagraph last)
        {
            last.ParagraphProperties!.KeepNext ??= new KeepNext();
        }
    }

    private void AddSignature()
    {
        if (document.Signature is not { } signature)
        {
            return;
        }

        KeepLastParagraphWithNext();
        var date = OfficialText.Date(signature.Date);
        var place = SignaturePlace.Of(signature.Seal, OfficialText.HalfWidths(signature.Issuer), OfficialText.HalfWidths(date));
        var issuer = Properties(OfficialStyles.Signature);
        issuer.AddChild(new SpacingBetweenLines { Before = OfficialStyles.Twips(place.FreeLines * Gb9704.LinePitch) });
        issuer.AddChild(new Indentation { Right = HalfCharacters(place.IssuerFromRight) });
        _body.Append(new WordParagraph(issuer, OfficialText.Run(signature.Issuer)));
        var dated = Properties(OfficialStyles.Date);
        dated.AddChild(new Indentation { Right = HalfCharacters(place.DateFromRight) });
        if (document.Note is not null)
        {
            dated.AddChild(new KeepNext());
        }

        _body.Append(new WordParagraph(dated, OfficialText.Run(date)));
    }

    private void AddAttachments()
    {
        for (var i = 0; i < document.Attachments.Count; i++)
        {
            var attachment = document.Attachments[i];
            Add(
                OfficialStyles.AttachmentLabel,
                document.Attachments.Count == 1 ? "附件" : string.Create(CultureInfo.InvariantCulture, $"附件{i + 1}"));
            Add(OfficialStyles.AttachmentTitle, attachment.Title);
            AddBlocks(attachment.Blocks, numbering.StartHeadings());
        }
    }

    private void Add(string style, string text, NumberingProperties? number = null)
    {
        var properties = Properties(style);
        if (number is not null)
        {
            properties.AddChild(number);
        }

        var paragraph = new WordParagraph(properties);
        if (text.Length > 0)
        {
            paragraph.Append(OfficialText.Run(text));
        }

        _body.Append(paragraph);
    }

    private static ParagraphProperties Properties(string style) => new(new ParagraphStyleId { Val = style });

    private static string HalfCharacters(int count) => OfficialStyles.Twips(count * Gb9704.CharacterPitch / 2);
}
