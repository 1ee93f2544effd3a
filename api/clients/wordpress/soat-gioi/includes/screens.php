<?php
/**
 * What people see outside the panels: the column in the lists of posts, and notices in the classic editor.
 *
 * @package SoatGioi
 */

namespace SoatGioi;

defined( 'ABSPATH' ) || exit;

/** Add the column to the list of every type of post that is checked. */
function columns() {
	foreach ( post_types() as $type ) {
		add_filter( "manage_{$type}_posts_columns", __NAMESPACE__ . '\\column_name' );
		add_action( "manage_{$type}_posts_custom_column", __NAMESPACE__ . '\\column', 10, 2 );
	}
	add_action( 'admin_print_styles-edit.php', __NAMESPACE__ . '\\column_style' );
}

/** Load the colours of the gates. */
function column_style() {
	wp_enqueue_style( 'soat-gioi', plugins_url( 'assets/soat-gioi.css', FILE ), array(), VERSION );
}

/**
 * Name the column.
 *
 * @param array<string, string> $columns The columns.
 * @return array<string, string>
 */
function column_name( $columns ) {
	$columns['soat_gioi'] = 'Soát giới';
	return $columns;
}

/**
 * Write the column of a post: the gate, how much was found, when, and whether the words have changed since.
 *
 * @param string $name Name of the column.
 * @param int    $id   Id of the post.
 */
function column( $name, $id ) {
	if ( 'soat_gioi' !== $name ) {
		return;
	}
	$result = kept( $id );
	if ( ! $result ) {
		echo '<span aria-hidden="true">—</span><span class="screen-reader-text">' . esc_html( 'Chưa soát' ) . '</span>';
		return;
	}
	printf(
		'<span class="soat-gioi-gate soat-gioi-%s">%s</span>',
		esc_attr( $result['checked'] ? $result['gate'] : 'none' ),
		esc_html( $result['checked'] ? GATES[ $result['gate'] ] ?? '' : 'Chưa soát được' )
	);
	$counts = array();
	foreach ( $result['counts'] as $level => $count ) {
		$counts[] = "$level: $count";
	}
	$post  = get_post( $id );
	$lines = array(
		implode( ', ', $counts ),
		get_date_from_gmt( str_replace( array( 'T', 'Z' ), array( ' ', '' ), $result['at'] ), 'd/m/Y H:i' ),
		$post && fingerprint_of( $post ) !== ( $result['text'] ?? '' ) ? 'bài đã sửa sau lần soát này' : '',
		kept( $id, META_HELD ) ? 'có bản sửa đang được giữ lại' : '',
	);
	foreach ( array_filter( $lines ) as $line ) {
		echo '<br><small>' . esc_html( $line ) . '</small>';
	}
}

/** Say in the classic editor what became of the article. */
function notices() {
	$screen = get_current_screen();
	if ( ! $screen || 'post' !== $screen->base || $screen->is_block_editor() || ! in_array( $screen->post_type, post_types(), true ) ) {
		return;
	}
	$post = get_post();
	if ( ! $post || ! current_user_can( 'edit_post', $post->ID ) ) {
		return;
	}
	$held   = kept( $post->ID, META_HELD );
	$result = kept( $post->ID );
	if ( $held ) {
		notice( 'error', 'Bản sửa chưa được đưa lên: bài đang đăng giữ nguyên lời cũ, lời mới được cất ở bản lưu tự động của bài này.', $held );
	} elseif ( ! $result || ( $result['text'] ?? '' ) !== fingerprint_of( $post ) ) {
		return;
	} elseif ( 'pending' === $post->post_status && 'pass' !== $result['gate'] && 'review' !== $result['gate'] ) {
		notice( 'error', 'Bài chưa đăng, đang ở trạng thái chờ duyệt; lời bài vẫn còn nguyên.', $result );
	} elseif ( 'pass' !== $result['gate'] && in_array( $post->post_status, array( 'publish', 'future' ), true ) ) {
		notice( 'warning', 'Bài đã được cho qua kèm lời ghi này.', $result );
	}
}

/**
 * Write a notice.
 *
 * @param string               $kind   error or warning.
 * @param string               $lead   What became of the article.
 * @param array<string, mixed> $result Result of its check.
 */
function notice( $kind, $lead, array $result ) {
	printf(
		'<div class="notice notice-%s soat-gioi-notice"><p><strong>%s</strong> %s %s</p>',
		esc_attr( $kind ),
		esc_html( 'Soát giới:' ),
		esc_html( $lead ),
		esc_html( summary( $result ) )
	);
	if ( $result['findings'] ) {
		echo '<ul>';
		foreach ( array_slice( $result['findings'], 0, 5 ) as $finding ) {
			printf(
				'<li><q>%s</q> %s <strong>%s</strong> %s</li>',
				esc_html( $finding['quote'] ),
				esc_html( $finding['message'] ),
				esc_html( 'Gợi ý:' ),
				esc_html( $finding['suggestion'] )
			);
		}
		echo '</ul>';
	}
	echo '</div>';
}
