namespace PilotPlatform.Bpmn.Checks;

internal static class TimeChecks
{
    /// <summary>Timers and due dates hold ISO 8601 of their kind, or an expression after <c>=</c>, which the variable checks read.</summary>
    public static void Timers(ProcessModel process, CheckContext context, FindingList findings)
    {
        foreach (var node in process.AllNodes)
        {
            if (ReferenceChecks.TriggerOf(node) is TimerTrigger timer)
            {
                Check(node, timer.Text, timer.Kind switch
                {
                    TimerKind.Date => Iso8601.IsDate,
                    TimerKind.Duration => Iso8601.IsDuration,
                    _ => Iso8601.IsCycle,
                });
            }
            else if (node is UserTask { Work.Due: { } due })
            {
                Check(node, due, text => Iso8601.IsDuration(text) || Iso8601.IsDate(text));
            }
        }

        void Check(FlowNode node, string text, Func<string, bool> isValid)
        {
            if (text.Trim('=', ' ').Length == 0)
            {
                findings.Error(FindingCodes.TimeMissing, node.Id);
            }
            else if (text[0] != '=' && !isValid(text))
            {
                findings.Error(FindingCodes.TimeInvalid, node.Id, ("value", text));
            }
        }
    }
}
