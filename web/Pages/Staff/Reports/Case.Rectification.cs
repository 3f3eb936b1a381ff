using Microsoft.AspNetCore.Mvc;
using Report12350.Domain.Reports;
using Report12350.Rectification;

namespace Report12350.Web.Pages.Staff.Reports;

/// <content>整改, 验收, 销号.</content>
public sealed partial class CaseModel
{
    public Task<IActionResult> OnPostOrderRectificationAsync(string number, CancellationToken cancellationToken)
    {
        var filled = Form.OrderRectification.Items.FindLastIndex(item => !item.IsBlank) + 1;
        return ActAsync(
            number,
            ReportAction.OrderRectification,
            opened => new OrderRectification(opened, Version, [.. Form.OrderRectification.Items.Take(filled).Select(item => item.Ordered())]),
            cancellationToken);
    }

    public Task<IActionResult> OnPostAddRectificationItemAsync(string number, CancellationToken cancellationToken) =>
        ActAsync(number, ReportAction.AddRectificationItem, opened => new AddRectificationItem(opened, Version, Form.AddRectificationItem.Item.Ordered()), cancellationToken);

    public Task<IActionResult> OnPostCompleteRectificationItemAsync(string number, CancellationToken cancellationToken)
    {
        var form = Form.CompleteRectificationItem;
        return ActAsync(
            number,
            ReportAction.CompleteRectificationItem,
            opened => new CompleteRectificationItem(opened, Version, form.Item, form.Outcome ?? "", Sent(form.Before), Sent(form.After)),
            cancellationToken);
    }

    public Task<IActionResult> OnPostExtendRectificationItemAsync(string number, CancellationToken cancellationToken)
    {
        var form = Form.ExtendRectificationItem;
        return ActAsync(
            number,
            ReportAction.ExtendRectificationItem,
            opened => new ExtendRectificationItem(opened, Version, form.Item, form.DueOn, form.Reason ?? ""),
            cancellationToken);
    }

    public Task<IActionResult> OnPostSubmitForCloseOutAsync(string number, CancellationToken cancellationToken) =>
        ActAsync(number, ReportAction.SubmitForCloseOut, opened => new SubmitForCloseOut(opened, Version, Form.SubmitForCloseOut.Text ?? ""), cancellationToken);

    public Task<IActionResult> OnPostPassCloseOutAsync(string number, CancellationToken cancellationToken) =>
        ActAsync(number, ReportAction.PassCloseOut, opened => new PassCloseOut(opened, Version, Form.PassCloseOut.Review ?? "", Sent(Form.PassCloseOut.Photographs)), cancellationToken);

    public Task<IActionResult> OnPostFailCloseOutAsync(string number, CancellationToken cancellationToken) =>
        ActAsync(number, ReportAction.FailCloseOut, opened => new FailCloseOut(opened, Version, Form.FailCloseOut.Review ?? "", Form.FailCloseOut.Further.Ordered()), cancellationToken);
}
