/**
 * Opens Coach's side pane beside an opportunity. Register `Coach.openPane` on the form's OnLoad event, with the
 * execution context as its first parameter.
 */
var Coach = Coach || {};

Coach.PANE = "coach";
/** The custom page that shows the card: its unique name, as the solution has it. */
Coach.PAGE = "coach_card_1a2b3";

/**
 * @param {Xrm.Events.EventContext} context
 * @returns {Promise<void>}
 */
Coach.openPane = async function (context) {
    const entity = context.getFormContext().data.entity;
    const id = entity.getId().replace(/[{}]/g, "").toLowerCase();
    if (!id) {
        // The opportunity is being created, and Coach has nothing on it yet.
        return;
    }
    const panes = Xrm.App.sidePanes;
    // The pane stays open from one opportunity to the next, and shows the one that is open.
    const pane =
        panes.getPane(Coach.PANE) ||
        (await panes.createPane({ title: "Coach", paneId: Coach.PANE, canClose: true, isSelected: false, width: 340 }));
    await pane.navigate({ pageType: "custom", name: Coach.PAGE, entityName: entity.getEntityName(), recordId: id });
};
